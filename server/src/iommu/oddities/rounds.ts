/** Loops whose rounds are not what the loop says: those that have one at most, and those that change what the next needs. */
import { contains } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { namesIn } from '../names.js';
import { type Loop, loopsIn, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const ROUNDS: OddityReader = { own: [leftAtOnce, shiftedEachRound] };

/** `for (i = 0; i < n; i++) return i;`: a loop that counts, and never comes to count. */
function leftAtOnce(body: Body): OddityFact[] {
  return loopsIn(body).flatMap(({ form, parts, body: inner }) => {
    if (form !== 'for' || !parts?.condition || !parts.update) return [];
    const left = surelyLeft(inner);
    if (!left || goesOn(inner)) return [];
    return [oddity('left-in-first-round', body.spot(left), body.text(parts.update))];
  });
}

/** The statement by which every way through a loop's body leaves the loop; null when some way does not. */
function surelyLeft(node: Statement): Statement | null {
  switch (node.kind) {
    case 'return':
    case 'goto':
    case 'break':
      return node;
    case 'compound': {
      // A label makes a second way in, which this does not follow.
      if (node.statements.some(({ kind }) => kind === 'label')) return null;
      for (const each of node.statements) {
        const left = surelyLeft(each);
        if (left) return left;
      }
      return null;
    }
    case 'if': {
      const other = node.alternative && surelyLeft(node.alternative);
      return surelyLeft(node.consequence) && other;
    }
    default:
      return null;
  }
}

/** Whether something in the body begins the next round. */
function goesOn(node: Statement): boolean {
  return nodesIn(node).some((each) => each.kind === 'continue' || each.kind === 'label');
}

/**
 * `for_each_context(ctx) { iova >>= 12; write(ctx, iova); }`: a change of unit that the next round makes again. What is
 * used before it is shifted is taken apart piece by piece, and meant so.
 */
function shiftedEachRound(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) =>
    nodesIn(loop.body).flatMap((node) => {
      const shifted = node.kind === 'assign' ? shiftOf(node, body) : null;
      if (node.kind !== 'assign' || !shifted || !body.scope.isLocal(shifted.name)) return [];
      const { name, by } = shifted;
      if (isWithinInner(loop, node) || isOfTheRound(body, loop, name, node)) return [];
      const uses = nodesIn(loop.body).filter((each) => each.kind === 'name' && each.name === name);
      const isUsedBefore = uses.some(({ end }) => end <= node.start && !isShiftTarget(loop, body, end, name));
      if (isUsedBefore || !isPassedOn(loop, name, node.end)) return [];
      return [oddity('shifted-each-round', body.spot(node), name, { other: body.text(by) })];
    }),
  );
}

type Assign = Extract<Expression, { kind: 'assign' }>;

/** A shift of a variable in place by what changes its unit: a named number of bits, or more than a byte. */
function shiftOf(node: Assign, body: Body): { readonly name: string; readonly by: Expression } | null {
  if (node.target.kind !== 'name') return null;
  const { name } = node.target;
  const isInPlace = node.operator === '>>=' || node.operator === '<<=';
  const again =
    node.operator === '=' &&
    node.value.kind === 'binary' &&
    /^(?:>>|<<)$/.test(node.value.operator) &&
    node.value.left.kind === 'name' &&
    node.value.left.name === name;
  const by = isInPlace ? node.value : again && node.value.kind === 'binary' ? node.value.right : null;
  if (!by) return null;
  const isUnit =
    (by.kind === 'literal' && Number(by.text) > 8) ||
    (by.kind === 'name' && /SHIFT|ORDER|_BITS$/.test(by.name));
  return isUnit && !body.scope.isLocal(body.text(by)) ? { name, by } : null;
}

/** Whether a shift belongs to a loop within the loop. */
function isWithinInner(loop: Loop, node: Assign): boolean {
  return nodesIn(loop.body).some((each) => each.kind === 'loop' && contains(each, node));
}

/** Whether the variable is set anew in each round, declared in it, or says when the loop ends. */
function isOfTheRound(body: Body, loop: Loop, name: string, shift: Assign): boolean {
  if (loop.header.some((part) => nodesIn(part).some((each) => each.kind === 'name' && each.name === name)))
    return true;
  return nodesIn(loop.body).some((each) => {
    if (each.kind === 'declaration') return each.declarators.some((declared) => declared.name === name);
    if (each.kind === 'unary' && each.operator === '&') return body.values.plain(each.operand) === name;
    if (each.kind !== 'assign' || each === shift || body.values.plain(each.target) !== name) return false;
    return each.operator === '=' && !namesIn(each.value).includes(name);
  });
}

/** Whether the name that ends there is what another shift in place is about: the other arm of an `if`. */
function isShiftTarget(loop: Loop, body: Body, end: number, name: string): boolean {
  return nodesIn(loop.body).some(
    (each) =>
      each.kind === 'assign' &&
      body.values.plain(each.target) === name &&
      contains(each, { start: end, end }),
  );
}

/** Whether a call gets it afterwards, in the same round. */
function isPassedOn(loop: Loop, name: string, from: number): boolean {
  return nodesIn(loop.body).some(
    (each) =>
      each.kind === 'call' &&
      each.start > from &&
      calledName(each) !== null &&
      each.args.some((arg) => namesIn(arg).includes(name)),
  );
}
