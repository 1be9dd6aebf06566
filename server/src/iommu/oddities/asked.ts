/** Whether a function asks what a call gave it: by a test, or by handing it to its own caller, who can. */
import { contains, type Span } from '../../base/index.js';
import { type AnyNode, calledName, type Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { assignmentsIn, loopsIn, nodesIn } from '../shapes.js';

/** The texts that name what an assignment gives: its target, and what gets a copy of it at once or later. */
export function namesOf(body: Body, target: string, at: Span): ReadonlySet<string> {
  const names = new Set([target]);
  for (const { target: into, value, at: place } of assignmentsIn(body)) {
    const from = value.kind === 'cast' ? value.operand : value;
    if (contains(place, at) && from.kind === 'assign') names.add(into);
    else if (place.start >= at.end && names.has(body.values.plain(from))) names.add(into);
  }
  return names;
}

/** Functions that ask about what they are given. include/linux/err.h, asm-generic/bug.h, slab.h (6.12). */
const ASKS = /^(?:WARN|BUG_ON|IS_ERR|PTR_ERR|ZERO_OR_NULL|likely$|unlikely$)|(?:^|_)(?:EXPECT|ASSERT)_/;

/** Whether one of the names is returned, so that the caller can ask. */
export function isReturned(body: Body, names: ReadonlySet<string>): boolean {
  return body.flow.returns.some(
    ({ value }) => value.kind !== 'call' && nodesIn(bare(value)).some((each) => isNamedBy(body, names, each)),
  );
}

function isNamedBy(body: Body, names: ReadonlySet<string>, node: AnyNode): boolean {
  return (
    (node.kind === 'name' || node.kind === 'member' || node.kind === 'index' || node.kind === 'unary') &&
    names.has(body.values.plain(node))
  );
}

/** Whether something from `at` on, or in a loop around it, decides by one of the names. */
export function isAsked(body: Body, names: ReadonlySet<string>, at: Span): boolean {
  const loop = loopsIn(body).find((each) => contains(each, at));
  const from = loop ? loop.start : at.start;
  const isNamed = (node: AnyNode): boolean => isNamedBy(body, names, node);
  const mentions = (node: AnyNode): boolean => nodesIn(node).some(isNamed);
  // A test of something else that is reached through it is none of it.
  const decides = (node: AnyNode): boolean =>
    nodesIn(node).some((each) => isNamed(each) && !isFollowedIn(node, each));
  if (body.flow.decisions.some(({ condition }) => condition.end >= from && decides(condition))) return true;
  return body.flow.steps.some(({ node }) => {
    if (node.end < from) return false;
    if (node.kind === 'call') return ASKS.test(calledName(node) ?? '') && node.args.some(mentions);
    if (node.kind === 'unary') return node.operator === '!' && isNamed(node.operand);
    return node.kind === 'binary' && ['&&', '||', '==', '!='].includes(node.operator)
      ? isNamed(node.left) || isNamed(node.right)
      : false;
  });
}

function bare(value: Expression): Expression {
  return value.kind === 'cast' ? bare(value.operand) : value;
}

/** Whether a part of an expression only leads to a member, an element, or what it points to. */
function isFollowedIn(whole: AnyNode, part: AnyNode): boolean {
  return nodesIn(whole).some((each) => {
    if (each.kind === 'member' || each.kind === 'index') return each.object === part;
    return each.kind === 'unary' && each.operator === '*' && each.operand === part;
  });
}

/** The first expression after `at` that follows a pointer of one of the names. */
export function followedAfter(body: Body, names: ReadonlySet<string>, at: Span): Expression | null {
  const step = body.flow.steps.find(({ node }) => {
    if (node.start < at.end) return false;
    const pointer = pointerFollowed(node);
    return pointer !== null && names.has(body.values.plain(pointer));
  });
  return step?.node ?? null;
}

/** The pointer of `p->x`, `p[i]` and `*p`. */
export function pointerFollowed(node: AnyNode): Expression | null {
  if (node.kind === 'member') return node.isArrow ? node.object : null;
  if (node.kind === 'index') return node.object;
  return node.kind === 'unary' && node.operator === '*' ? node.operand : null;
}
