/**
 * What a function finds in containers: by a kernel call, by a walk, or by a
 * function of the program that returns what it found. The last is a lookup of
 * its caller's as well, with the caller's arguments for the key and the container.
 */
import type { Span } from '../base/index.js';
import { calledName, type Expression } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import { containerOf } from './containers.js';
import { comparesMm } from './decisions.js';
import { DESCENDING, type Descent, descentsIn } from './descents.js';
import type { LookupFact } from './facts.js';
import type { Step, Walk } from './flow.js';
import { LOOKUPS, WALKS } from './kernel-api.table.js';
import { isNamed, reachedAfterWalk, reachedOnMiss } from './misses.js';
import { namesIn } from './names.js';
import { pasidReadIn } from './pasids.js';
import type { KnownFunction } from './program.js';
import { leavesOf } from './values.js';
import { anyOf } from './words.js';

/** A lookup with what callers need to see it as theirs. */
export interface Lookup extends LookupFact {
  /** Where it stands among the nodes of its function. */
  readonly place: Span;
  /** The parameters that its key and its container come from, or -1. */
  readonly keyParameter: number;
  readonly containerParameter: number;
  /** Whether the function that finds it takes a device itself, and so is the one to ask whether the two fit. */
  readonly finderTakesDevice: boolean;
}

/** What a body says of a lookup of its own; the rest takes other bodies. */
interface Found extends Omit<Lookup, 'spot' | 'keyFromMm'> {
  readonly key: Expression | null;
}

const FINDING = new Set([...LOOKUPS.keys(), ...WALKS.keys(), ...DESCENDING]);

export class Lookups {
  private readonly known = new Map<KnownFunction, readonly Lookup[]>();
  private readonly reading = new Set<KnownFunction>();
  private readonly finders: ReadonlySet<string>;

  constructor(private readonly bodies: Bodies) {
    this.finders = findersAmong(bodies.program.allFunctions());
  }

  of(fn: KnownFunction): readonly Lookup[] {
    const known = this.known.get(fn);
    if (known) return known;
    // A function that finds by calling itself finds nothing more.
    if (this.reading.has(fn)) return [];
    this.reading.add(fn);
    const found = this.read(fn);
    this.reading.delete(fn);
    this.known.set(fn, found);
    return found;
  }

  private read(fn: KnownFunction): readonly Lookup[] {
    const isFinding = fn.words.meet(FINDING);
    const isAsking = anyOf(this.finders, fn.words.all);
    if (!isFinding && !isAsking) return [];
    const body = this.bodies.of(fn);
    const own = isFinding ? body.kept(foundIn, () => foundIn(body)) : [];
    const found = [
      ...own.map((each) => this.placed(body, each)),
      ...(isAsking ? body.flow.steps.flatMap((step) => this.indirect(body, step)) : []),
    ].sort((a, b) => a.place.start - b.place.start);
    return found.map((each) =>
      each.keyFromMm && !each.comparesMm && this.isComparedAbove(body, each)
        ? { ...each, comparesMm: true }
        : each,
    );
  }

  private placed(body: Body, { key, onMiss, ...found }: Found): Lookup {
    return {
      ...found,
      spot: body.spot(found.place),
      keyFromMm: key && pasidReadIn(key, body, this.bodies),
      onMiss: onMiss.map((each) => body.span(each)),
    };
  }

  /** Whether a caller compares the mm of what the function hands out. */
  private isComparedAbove(body: Body, lookup: Lookup): boolean {
    if (!isReturned(body, lookup)) return false;
    return this.bodies.program.callersOf(body.fn).some((fn) => {
      const caller = this.bodies.of(fn);
      return caller.callsOf(body.fn.item.name).some((call) => {
        const result = caller.values.resultOf(call);
        return result !== null && comparesMm(caller, result);
      });
    });
  }

  /** A call of a function that returns what it finds. */
  private indirect(body: Body, { node, locks, mayLocks }: Step): Lookup[] {
    const name = calledName(node);
    if (name === null || node.kind !== 'call' || LOOKUPS.has(name)) return [];
    const called = this.finders.has(name) ? this.bodies.calledFunction(name, body) : null;
    const found = called?.item.returns.pointers === 1 ? this.handedOutBy(called) : null;
    if (!called || !found) return [];
    const callee = this.bodies.of(called);
    const result = body.values.resultOf(node);
    const key = node.args[found.keyParameter] ?? null;
    const through = node.args[found.containerParameter] ?? null;
    const isWeighed = node.args.some((arg, at) => body.isOfDevice(arg) && weighs(callee, found, at));
    return [
      {
        ...found,
        place: node,
        spot: body.spot(node),
        call: name,
        isIndirect: true,
        container: {
          ...found.container,
          isOfDevice: found.container.isOfDevice || (through !== null && body.isOfDevice(through)),
        },
        keyIsOfDevice: (key !== null && body.isOfDevice(key)) || isWeighed,
        keyFromMm: key && pasidReadIn(key, body, this.bodies),
        result,
        onMiss: onMiss(body, node, result).map((each) => body.span(each)),
        comparesMm: found.comparesMm || (result !== null && comparesMm(body, result)),
        locks: [...new Set([...locks, ...found.locks])],
        mayLocks: [...new Set([...mayLocks, ...found.mayLocks])],
        keyParameter: key === null ? -1 : parameterOf(body, key),
        containerParameter: through === null ? -1 : parameterOf(body, through),
      },
    ];
  }

  /** The lookup whose result a function returns. */
  handedOutBy(fn: KnownFunction): Lookup | null {
    return this.of(fn).find((lookup) => isReturned(this.bodies.of(fn), lookup)) ?? null;
  }
}

/** The kernel's own lookups in a body: calls first, then walks. */
function foundIn(body: Body): readonly Found[] {
  return [
    ...body.flow.steps.flatMap((step) => direct(body, step)),
    ...body.flow.walks.flatMap((walked) => walkedIn(body, walked)),
    ...descentsIn(body).map((descent) => descended(body, descent)),
  ];
}

function descended(body: Body, { root, tree, call, entry, end }: Descent): Found {
  const { locks, mayLocks } = root;
  const at = { node: root.node, locks, mayLocks, call };
  const lookup = make(body, at, tree, null, entry);
  return { ...lookup, onMiss: reachedOnMiss(body, end, isNamed(body, entry)) };
}

function direct(body: Body, { node, locks, mayLocks }: Step): Found[] {
  const call = calledName(node);
  const row = LOOKUPS.get(call ?? '');
  if (call === null || !row || node.kind !== 'call') return [];
  const container = node.args[row.container];
  const key = row.key === null ? null : node.args[row.key];
  if (!container || key === undefined) return [];
  return [make(body, { node, locks, mayLocks, call }, container, key, body.values.resultOf(node))];
}

function walkedIn(body: Body, walked: Walk): Found[] {
  const row = WALKS.get(walked.form);
  const cursor = row && walked.args[row.cursor];
  const container = row && walked.args[row.container];
  if (!cursor || !container || cursor.kind !== 'name') return [];
  const { start, end, locks, mayLocks } = walked;
  const at = { node: { ...cursor, start, end }, locks, mayLocks, call: walked.form };
  const lookup = make(body, at, container, null, cursor.name);
  return [{ ...lookup, onMiss: reachedAfterWalk(body, walked, cursor.name) }];
}

function make(
  body: Body,
  at: Pick<Step, 'node' | 'locks' | 'mayLocks'> & { call: string },
  container: Expression,
  key: Expression | null,
  result: string | null,
): Found {
  const resultType = result === null ? returnedType(body, at.node) : typeOfText(body, result);
  return {
    place: at.node,
    call: at.call,
    isIndirect: false,
    container: containerOf(body, container),
    key,
    keyIsOfDevice: key !== null && body.isOfDevice(key),
    result,
    resultType,
    finds: resultType.pointers === 1 && body.domains.has(resultType.base) ? 'domain' : 'other',
    onMiss: onMiss(body, at.node, result),
    comparesMm: result !== null && comparesMm(body, result),
    locks: at.locks,
    mayLocks: at.mayLocks,
    keyParameter: key === null ? -1 : parameterOf(body, key),
    containerParameter: parameterOf(body, container),
    finderTakesDevice: body.devices.length > 0,
  };
}

/** Whether the function tests what it found against its parameter `at`. */
function weighs(body: Body, { result }: Lookup, at: number): boolean {
  const name = body.fn.item.parameters[at]?.name;
  if (!name || result === null) return false;
  return body.flow.decisions.some(({ condition }) => {
    const names = namesIn(condition);
    const ofFound = body.carried([result]);
    const ofParameter = body.carried([name], new Set([result]));
    return names.some((each) => ofFound.has(each)) && names.some((each) => ofParameter.has(each));
  });
}

/** The names of functions that may return what they find, by themselves or by one another. */
function findersAmong(functions: readonly KnownFunction[]): ReadonlySet<string> {
  const finders = new Set<string>();
  let rest = functions.filter(({ item }) => item.returns.pointers === 1);
  for (let fresh = FINDING; fresh.size > 0; ) {
    const found = new Set<string>();
    rest = rest.filter((fn) => {
      if (!(fresh === FINDING ? fn.words.meet(FINDING) : anyOf(fresh, fn.words.all))) return true;
      found.add(fn.item.name);
      return false;
    });
    for (const name of found) finders.add(name);
    fresh = found;
  }
  return finders;
}

function isReturned(body: Body, { place, result }: Lookup): boolean {
  return body.flow.returns.some(({ value }) =>
    result !== null
      ? body.values.mayBe(value, result)
      : leavesOf(value).some(({ start, end }) => start === place.start && end === place.end),
  );
}

function parameterOf(body: Body, value: Expression): number {
  for (const name of namesIn(value)) {
    const at = body.parameterAt(name);
    if (at >= 0) return at;
  }
  if (value.kind !== 'name') return -1;
  return body.fn.item.parameters.findIndex(({ name }) => body.values.areSame(name, value.name));
}

function returnedType(body: Body, node: Expression): { base: string; pointers: number } {
  const isReturned = body.flow.returns.some(({ value }) =>
    leavesOf(value).some(({ start, end }) => start === node.start && end === node.end),
  );
  return isReturned ? body.fn.item.returns : body.scope.typeOf(node);
}

function typeOfText(body: Body, text: string): { base: string; pointers: number } {
  if (/^\w+$/.test(text)) return body.scope.typeOfName(text);
  const store = body.stores.find(({ target }) => body.values.plain(target) === text);
  return store ? body.scope.typeOf(store.target) : { base: '', pointers: 0 };
}

function onMiss(body: Body, node: Expression, result: string | null): readonly Span[] {
  const isIt = result === null ? null : isNamed(body, result);
  return reachedOnMiss(body, node.start, (value) => value === node || (isIt?.(value) ?? false));
}
