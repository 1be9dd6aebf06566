/**
 * What goes when a reference count drops to zero: the domain that it counts
 * users of, the counted object alone, or nothing at all (a count of
 * attachments that switches the hardware off). Read from what stands behind
 * the last put, through the functions that it calls.
 */
import { contains } from '../base/index.js';
import { type AnyNode, calledName, type Expression, type Statement, walk } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { LastPut } from './facts.js';
import { FREES, PUTS } from './kernel-api.table.js';
import type { KnownFunction } from './program.js';
import { leavesOf } from './values.js';
import { anyOf } from './words.js';

/** How deep calls are followed. */
const DEPTH = 4;

const STRENGTH: Readonly<Record<LastPut, number>> = {
  'a domain': 3,
  unknown: 2,
  'the counted object': 1,
  nothing: 0,
};

const PUTTING = new Set(PUTS.keys());

export class LastPuts {
  /** The functions that put anything. */
  private knownPutting: readonly KnownFunction[] | null = null;
  /** What the puts in a function free, by `struct member`. */
  private readonly read = new Map<KnownFunction, ReadonlyMap<string, LastPut>>();

  constructor(private readonly bodies: Bodies) {}

  private get putting(): readonly KnownFunction[] {
    this.knownPutting ??= this.bodies.program
      .allFunctions()
      .filter(({ words }) => anyOf(PUTTING, words.called));
    return this.knownPutting;
  }

  /** For a member of `struct`, given with its keyword; 'unknown' when no put is at hand. */
  of(struct: string, member: string): LastPut {
    let strongest: LastPut | null = null;
    for (const fn of this.putting) {
      const freed = fn.words.all.has(member) ? this.putsIn(fn).get(`${struct} ${member}`) : undefined;
      if (freed !== undefined) strongest = stronger(strongest, freed);
    }
    return strongest ?? 'unknown';
  }

  private putsIn(fn: KnownFunction): ReadonlyMap<string, LastPut> {
    let puts = this.read.get(fn);
    if (!puts) {
      puts = this.readPuts(this.bodies.of(fn));
      this.read.set(fn, puts);
    }
    return puts;
  }

  private readPuts(body: Body): ReadonlyMap<string, LastPut> {
    const puts = new Map<string, LastPut>();
    for (const { node } of body.flow.steps) {
      const name = calledName(node);
      const release = name === null ? undefined : PUTS.get(name);
      const [count] = node.kind === 'call' ? node.args : [];
      if (release === undefined || node.kind !== 'call' || !count) continue;
      const place = count.kind === 'unary' && count.operator === '&' ? count.operand : count;
      if (place.kind !== 'member') continue;
      const struct = body.scope.typeOf(place.object).base;
      if (struct === '') continue;
      const key = `${struct} ${place.name}`;
      puts.set(key, stronger(puts.get(key) ?? null, this.freedBy(body, node, release, struct)));
    }
    return puts;
  }

  private freedBy(
    body: Body,
    put: Extract<Expression, { kind: 'call' }>,
    release: number | null,
    struct: string,
  ): LastPut {
    if (release !== null) {
      const fn = put.args[release];
      const callee = this.bodies.called(fn?.kind === 'name' ? fn.name : null, body);
      return callee ? this.freedIn(callee, [callee.block], struct, DEPTH, new Set()) : 'unknown';
    }
    const behind = behindPut(body.block, put);
    return behind ? this.freedIn(body, behind, struct, DEPTH, new Set()) : 'unknown';
  }

  private freedIn(
    body: Body,
    nodes: readonly AnyNode[],
    struct: string,
    depth: number,
    seen: Set<string>,
  ): LastPut {
    let freed: LastPut = 'nothing';
    for (const each of nodes) {
      walk(each, (node) => {
        if (node.kind === 'call') freed = stronger(freed, this.freedByCall(body, node, struct, depth, seen));
      });
    }
    return freed;
  }

  private freedByCall(
    body: Body,
    call: Extract<Expression, { kind: 'call' }>,
    struct: string,
    depth: number,
    seen: Set<string>,
  ): LastPut {
    const isDomain = (arg: Expression): boolean => isA(body, arg, (base) => body.domains.has(base));
    const name = calledName(call);
    if (name === null) {
      // domain->ops->free(domain)
      const isFree = call.callee.kind === 'member' && call.callee.name === 'free';
      return isFree && call.args.some(isDomain) ? 'a domain' : 'nothing';
    }
    if (name === 'iommu_domain_free' || (FREES.has(name) && call.args.some(isDomain))) return 'a domain';
    if (FREES.has(name))
      return call.args.some((arg) => isA(body, arg, (base) => base === struct))
        ? 'the counted object'
        : 'nothing';
    const callee = this.bodies.called(name, body);
    if (callee && depth > 0) {
      if (seen.has(name)) return 'nothing';
      seen.add(name);
      return this.freedIn(callee, [callee.block], struct, depth - 1, seen);
    }
    const isAbout = (arg: Expression): boolean => isDomain(arg) || isA(body, arg, (base) => base === struct);
    return call.args.some(isAbout) ? 'unknown' : 'nothing';
  }
}

function stronger(before: LastPut | null, more: LastPut): LastPut {
  return before === null || STRENGTH[more] > STRENGTH[before] ? more : before;
}

function isA(body: Body, value: Expression, is: (base: string) => boolean): boolean {
  return [value, ...leavesOf(value)].some((leaf) => {
    const { base, pointers } = body.scope.typeOf(leaf);
    return pointers === 1 && is(base);
  });
}

/** The statements that run only when `put` says that it was the last one; null when that cannot be told. */
function behindPut(block: Statement, put: Expression): readonly Statement[] | null {
  let behind: readonly Statement[] | null = null;
  walk(block, (node) => {
    if (node.kind === 'if' && contains(node.condition, put)) {
      const isLast = !isNegated(node.condition, put);
      if (isLast) behind = [node.consequence];
      else if (node.alternative) behind = [node.alternative];
    }
    if (node.kind !== 'compound') return;
    const at = node.statements.findIndex(
      (each) =>
        each.kind === 'if' &&
        contains(each.condition, put) &&
        isNegated(each.condition, put) &&
        !each.alternative,
    );
    if (at >= 0) behind = node.statements.slice(at + 1);
  });
  return behind;
}

/** Whether the condition is true when the put is *not* the last. */
function isNegated(condition: Expression, put: Expression): boolean {
  if (condition.kind === 'unary' && condition.operator === '!') return !isNegated(condition.operand, put);
  if (condition.kind === 'binary' && (condition.operator === '&&' || condition.operator === '||'))
    return isNegated(contains(condition.left, put) ? condition.left : condition.right, put);
  return false;
}
