/** Pointers that a caller leaves out with NULL, followed on a path that does not ask for them, where another does. */
import { contains } from '../../base/index.js';
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import type { Spot } from '../program.js';
import { type Call, isNull, nodesIn, testOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const GIVEN_NULL: OddityReader = { around: [{ words: null, read: followedWhileNull }] };

/** `if (halted) { *status = 1; return; } … if (status) *status = 0;`, and a caller gives NULL for `status`. */
function followedWhileNull(body: Body, bodies: Bodies): OddityFact[] {
  return body.fn.item.parameters.flatMap(({ name, type }, at): OddityFact[] => {
    const test = type.pointers > 0 ? testFor(body, name) : null;
    const follow = test && followUnasked(body, name);
    if (!follow) return [];
    const caller = callerWithNull(body, bodies, at, follow);
    if (!caller) return [];
    return [
      oddity('given-null-followed', body.spot(follow), name, {
        related: [
          { spot: caller, message: 'NULL is given here' },
          { spot: body.spot(test), message: 'here it is asked for' },
        ],
      }),
    ];
  });
}

/** A condition that asks whether the pointer is there, alone or beside others. */
function testFor(body: Body, name: string): Expression | null {
  const asks = (condition: Expression): boolean => {
    if (condition.kind === 'binary' && /^(?:&&|\|\|)$/.test(condition.operator))
      return asks(condition.left) || asks(condition.right);
    const test = testOf(condition);
    return (
      (test?.says === 'zero' || test?.says === 'set') &&
      test.subject.kind === 'name' &&
      test.subject.name === name
    );
  };
  return body.flow.decisions.find(({ condition }) => asks(condition))?.condition ?? null;
}

/** Where it is followed within a branch, and nothing before or around has asked for it or set it. */
function followUnasked(body: Body, name: string): Expression | null {
  const { nodes } = body.reading;
  const isOwn = nodes.some(
    (node) =>
      (node.kind === 'assign' && node.target.kind === 'name' && node.target.name === name) ||
      (node.kind === 'unary' && /^(?:&|\+\+|--)$/.test(node.operator) && isName(node.operand, name)),
  );
  if (isOwn) return null;
  const unread = nodes.filter(
    (node) => (node.kind === 'unary' && node.operator === '&') || node.kind === 'sizeof',
  );
  const mentioned = body.flow.decisions.filter(({ condition }) => namesIn(condition).includes(name));
  const step = body.flow.steps.find(
    ({ node, under }) =>
      under.length > 0 &&
      follows(node, name) &&
      !unread.some((each) => contains(each, node)) &&
      !under.some((each) => namesIn(each).includes(name)) &&
      !mentioned.some(({ condition }) => condition.start <= node.start) &&
      !nodes.some((each) => asksWithin(each as Expression, node, name)),
  );
  return step?.node ?? null;
}

const isName = (value: Expression, name: string): boolean => value.kind === 'name' && value.name === name;

function follows(node: Expression, name: string): boolean {
  if (node.kind === 'unary') return node.operator === '*' && isName(node.operand, name);
  return (
    (node.kind === 'member' && node.isArrow && isName(node.object, name)) ||
    (node.kind === 'index' && isName(node.object, name))
  );
}

/** `p && p->id`, `p ? p->id : 0`. */
function asksWithin(whole: Expression, node: Expression, name: string): boolean {
  if (!contains(whole, node)) return false;
  const first =
    whole.kind === 'conditional'
      ? whole.condition
      : whole.kind === 'binary' && /^(?:&&|\|\|)$/.test(whole.operator)
        ? whole.left
        : null;
  return first !== null && !contains(first, node) && namesIn(first).includes(name);
}

/**
 * A call that gives NULL, from where the pointer is followed all the same: nothing that is decided before hangs on what
 * this very call gives as a constant.
 */
function callerWithNull(body: Body, bodies: Bodies, at: number, follow: Expression): Spot | null {
  const { name, parameters } = body.fn.item;
  const decided = new Set(
    body.flow.decisions
      .filter(({ condition }) => condition.start <= follow.start)
      .flatMap(({ condition }) => namesIn(condition)),
  );
  for (const caller of bodies.program.callersOf(body.fn)) {
    const from = bodies.of(caller);
    const call = from.reading.nodes.find(
      (node): node is Call =>
        node.kind === 'call' &&
        calledName(node) === name &&
        isNull(node.args[at] ?? node) &&
        !node.args.some((each, place) => isConstant(each) && decided.has(parameters[place]?.name ?? '')),
    );
    if (call) return from.spot(call);
  }
  return null;
}

/** NULL, a number, the name of a constant. */
function isConstant(value: Expression): boolean {
  return nodesIn(value).every(
    (each) => each.kind !== 'call' && (each.kind !== 'name' || /^(?:[A-Z0-9_]+|true|false)$/.test(each.name)),
  );
}
