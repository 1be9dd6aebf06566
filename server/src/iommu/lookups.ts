/**
 * What a function finds in containers: by a kernel call, by a walk, or by a
 * function of the program that returns what it found. The last is a lookup of
 * its caller's as well, with the caller's arguments for the key and the container.
 */
import type { Span } from '../base/index.js';
import { calledName, type Expression, type FunctionItem } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import { containerOf } from './containers.js';
import { comparesMm } from './decisions.js';
import type { LookupFact } from './facts.js';
import type { Step, Walk } from './flow.js';
import { LOOKUPS, WALKS } from './kernel-api.table.js';
import { isNamed, reachedAfterWalk, reachedOnMiss } from './misses.js';
import { namesIn } from './names.js';
import { pasidReadIn } from './pasids.js';
import { leavesOf } from './values.js';

/** A lookup with what callers need to see it as theirs. */
export interface Lookup extends LookupFact {
  /** The parameters that its key and its container come from, or -1. */
  readonly keyParameter: number;
  readonly containerParameter: number;
  /** Whether the function that finds it takes a device itself, and so is the one to ask whether the two fit. */
  readonly finderTakesDevice: boolean;
}

type Place = Pick<Step, 'node' | 'locks' | 'mayLocks'>;

export class Lookups {
  private readonly known = new Map<FunctionItem, readonly Lookup[]>();
  private readonly reading = new Set<FunctionItem>();

  constructor(private readonly bodies: Bodies) {}

  of(body: Body): readonly Lookup[] {
    const { item } = body.fn;
    const known = this.known.get(item);
    if (known) return known;
    // A function that finds by calling itself finds nothing more.
    if (this.reading.has(item)) return [];
    this.reading.add(item);
    const found = [
      ...body.flow.steps.flatMap((step) => this.direct(body, step)),
      ...body.flow.walks.flatMap((walked) => this.walked(body, walked)),
      ...body.flow.steps.flatMap((step) => this.indirect(body, step)),
    ].sort((a, b) => a.spot.span.start - b.spot.span.start);
    this.reading.delete(item);
    const judged = found.map((each) =>
      each.keyFromMm && !each.comparesMm && this.isComparedAbove(body, each)
        ? { ...each, comparesMm: true }
        : each,
    );
    this.known.set(item, judged);
    return judged;
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

  private direct(body: Body, step: Step): Lookup[] {
    const { node } = step;
    const row = LOOKUPS.get(calledName(node) ?? '');
    if (!row || node.kind !== 'call') return [];
    const container = node.args[row.container];
    const key = row.key === null ? null : node.args[row.key];
    if (!container || key === undefined) return [];
    return [
      this.make(body, { ...step, call: calledName(node)! }, container, key, body.values.resultOf(node)),
    ];
  }

  private walked(body: Body, walked: Walk): Lookup[] {
    const row = WALKS.get(walked.form);
    const cursor = row && walked.args[row.cursor];
    const container = row && walked.args[row.container];
    if (!cursor || !container || cursor.kind !== 'name') return [];
    const { start, end, locks, mayLocks } = walked;
    const at = { node: { ...cursor, start, end }, locks, mayLocks, call: walked.form };
    const lookup = this.make(body, at, container, null, cursor.name);
    return [{ ...lookup, onMiss: reachedAfterWalk(body, walked, cursor.name) }];
  }

  private make(
    body: Body,
    at: Place & { call: string },
    container: Expression,
    key: Expression | null,
    result: string | null,
  ): Lookup {
    const resultType = result === null ? returnedType(body, at.node) : typeOfText(body, result);
    return {
      spot: body.spot(at.node),
      call: at.call,
      isIndirect: false,
      container: containerOf(body, container, this.bodies.program),
      keyIsOfDevice: key !== null && body.isOfDevice(key),
      keyFromMm: key === null ? null : pasidReadIn(key, body, this.bodies),
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

  /** A call of a function that returns what it finds. */
  private indirect(body: Body, step: Step): Lookup[] {
    const { node } = step;
    const name = calledName(node);
    if (name === null || node.kind !== 'call' || LOOKUPS.has(name)) return [];
    const callee = this.bodies.called(name, body);
    if (callee?.fn.item.returns.pointers !== 1) return [];
    const found = this.handedOutBy(callee);
    if (!found) return [];
    const result = body.values.resultOf(node);
    const key = node.args[found.keyParameter] ?? null;
    const through = node.args[found.containerParameter] ?? null;
    const isWeighed = node.args.some((arg, at) => body.isOfDevice(arg) && this.weighs(callee, found, at));
    return [
      {
        ...found,
        spot: body.spot(node),
        call: name,
        isIndirect: true,
        container: {
          ...found.container,
          isOfDevice: found.container.isOfDevice || (through !== null && body.isOfDevice(through)),
        },
        keyIsOfDevice: (key !== null && body.isOfDevice(key)) || isWeighed,
        keyFromMm: key === null ? null : pasidReadIn(key, body, this.bodies),
        result,
        onMiss: onMiss(body, node, result),
        comparesMm: found.comparesMm || (result !== null && comparesMm(body, result)),
        locks: [...new Set([...step.locks, ...found.locks])],
        mayLocks: [...new Set([...step.mayLocks, ...found.mayLocks])],
        keyParameter: key === null ? -1 : parameterOf(body, key),
        containerParameter: through === null ? -1 : parameterOf(body, through),
      },
    ];
  }

  /** The lookup whose result a function returns. */
  handedOutBy(body: Body): Lookup | null {
    return this.of(body).find((lookup) => isReturned(body, lookup)) ?? null;
  }

  /** Whether the function tests what it found against its parameter `at`. */
  private weighs(body: Body, { result }: Lookup, at: number): boolean {
    const name = body.fn.item.parameters[at]?.name;
    if (!name || result === null) return false;
    return body.flow.decisions.some(({ condition }) => {
      const names = namesIn(condition);
      const ofFound = body.carried([result]);
      const ofParameter = body.carried([name], new Set([result]));
      return names.some((each) => ofFound.has(each)) && names.some((each) => ofParameter.has(each));
    });
  }
}

function isReturned(body: Body, { spot, result }: Lookup): boolean {
  return body.flow.returns.some(({ value }) =>
    result !== null
      ? body.values.mayBe(value, result)
      : leavesOf(value).some(({ start, end }) => start === spot.span.start && end === spot.span.end),
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
