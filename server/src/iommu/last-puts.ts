/**
 * What goes when a reference count drops to zero: the domain that it counts
 * users of, the counted object alone, or nothing at all (a count of
 * attachments that switches the hardware off). Read from what stands behind
 * the last put, through the functions that it calls.
 */
import { type AnyNode, calledName, type Expression, type Statement, walk } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { LastPut } from './facts.js';
import { FREES, PUTS } from './kernel-api.table.js';
import { bodyText } from './program.js';
import { leavesOf } from './values.js';

/** How deep calls are followed. */
const DEPTH = 4;

const STRENGTH: Readonly<Record<LastPut, number>> = {
  'a domain': 3,
  unknown: 2,
  'the counted object': 1,
  nothing: 0,
};

export class LastPuts {
  /** `struct member` → what its last put frees. */
  private readonly known = new Map<string, LastPut>();

  constructor(private readonly bodies: Bodies) {
    const any = new RegExp(`\\b(?:${[...PUTS.keys()].join('|')})\\s*\\(`);
    for (const fn of bodies.program.allFunctions()) if (any.test(bodyText(fn))) this.read(bodies.of(fn));
  }

  /** For a member of `struct`, given with its keyword; 'unknown' when no put is at hand. */
  of(struct: string, member: string): LastPut {
    return this.known.get(`${struct} ${member}`) ?? 'unknown';
  }

  /** Whether a put of the count is at hand at all. */
  isKnown(struct: string, member: string): boolean {
    return this.known.has(`${struct} ${member}`);
  }

  private read(body: Body): void {
    for (const { node } of body.flow.steps) {
      const name = calledName(node);
      const release = name === null ? undefined : PUTS.get(name);
      const [count] = node.kind === 'call' ? node.args : [];
      if (release === undefined || node.kind !== 'call' || !count) continue;
      const place = count.kind === 'unary' && count.operator === '&' ? count.operand : count;
      if (place.kind !== 'member') continue;
      const struct = body.scope.typeOf(place.object).base;
      if (struct === '') continue;
      const freed = this.freedBy(body, node, release, struct);
      const key = `${struct} ${place.name}`;
      const before = this.known.get(key);
      if (before === undefined || STRENGTH[freed] > STRENGTH[before]) this.known.set(key, freed);
    }
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
      return callee ? this.freedIn(callee, [callee.scope.body], struct, DEPTH, new Set()) : 'unknown';
    }
    const behind = behindPut(body.scope.body, put);
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
    const add = (more: LastPut): void => {
      if (STRENGTH[more] > STRENGTH[freed]) freed = more;
    };
    for (const each of nodes) {
      walk(each, (node) => {
        if (node.kind === 'call') add(this.freedByCall(body, node, struct, depth, seen));
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
      return this.freedIn(callee, [callee.scope.body], struct, depth - 1, seen);
    }
    const isAbout = (arg: Expression): boolean => isDomain(arg) || isA(body, arg, (base) => base === struct);
    return call.args.some(isAbout) ? 'unknown' : 'nothing';
  }
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
    if (node.kind === 'if' && holds(node.condition, put)) {
      const isLast = !isNegated(node.condition, put);
      if (isLast) behind = [node.consequence];
      else if (node.alternative) behind = [node.alternative];
    }
    if (node.kind !== 'compound') return;
    const at = node.statements.findIndex(
      (each) =>
        each.kind === 'if' &&
        holds(each.condition, put) &&
        isNegated(each.condition, put) &&
        !each.alternative,
    );
    if (at >= 0) behind = node.statements.slice(at + 1);
  });
  return behind;
}

function holds(node: Expression, part: Expression): boolean {
  return node.start <= part.start && part.end <= node.end;
}

/** Whether the condition is true when the put is *not* the last. */
function isNegated(condition: Expression, put: Expression): boolean {
  if (condition.kind === 'unary' && condition.operator === '!') return !isNegated(condition.operand, put);
  if (condition.kind === 'binary' && (condition.operator === '&&' || condition.operator === '||'))
    return isNegated(holds(condition.left, put) ? condition.left : condition.right, put);
  return false;
}
