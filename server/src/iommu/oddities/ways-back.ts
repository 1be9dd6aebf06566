/** Loops that go back over what another loop of the function did, and stop before the first. */
import type { AnyNode, Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { isZero, type Loop, loopsIn, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const WAYS_BACK: OddityReader = { own: [firstLeftDone] };

function firstLeftDone(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    const back = wayBack(loop);
    if (!back) return [];
    const forward = loopsIn(body).find((each) => each.end < loop.start && goesUpFromZero(each, back.cursor));
    if (!forward || !callsByCursor(forward, back.cursor) || !callsByCursor(loop, back.cursor)) return [];
    return [
      oddity('first-left-done', body.spot(back.condition), back.cursor, {
        related: [
          { spot: body.spot(forward.parts!.initial ?? forward), message: 'the way there began with 0' },
        ],
      }),
    ];
  });
}

interface WayBack {
  readonly cursor: string;
  readonly condition: Expression;
}

/** `while (--i)`, `while (--i > 0)`, `for (…; i > 0; i--)`: none of their rounds has an i of 0. */
function wayBack(loop: Loop): WayBack | null {
  if (loop.form === 'while') {
    const [condition] = loop.header;
    if (!condition || !isExpression(condition)) return null;
    const cursor = decremented(isAboveZero(condition) ? condition.left : condition, true);
    return cursor === null ? null : { cursor, condition };
  }
  const condition = loop.parts?.condition;
  const step = loop.parts?.update;
  if (loop.form !== 'for' || !condition || !step || !isAboveZero(condition)) return null;
  const cursor = decremented(step, false);
  if (cursor === null || condition.left.kind !== 'name' || condition.left.name !== cursor) return null;
  const initial = loop.parts?.initial;
  // Where it is told to begin somewhere else it is no way back from where the other loop stopped.
  const goesOn = !initial || (isExpression(initial) && decremented(initial, false) === cursor);
  return goesOn ? { cursor, condition } : null;
}

function isExpression(node: Loop['header'][number]): node is Expression {
  return node.kind === 'binary' || node.kind === 'unary' || node.kind === 'update';
}

/** `… > 0` */
function isAboveZero(condition: Expression): condition is Extract<Expression, { kind: 'binary' }> {
  return condition.kind === 'binary' && condition.operator === '>' && isZero(condition.right);
}

/** The variable that an expression counts down by one; null when it does something else. */
function decremented(value: Expression, isPrefixNeeded: boolean): string | null {
  if (value.kind !== 'update' || value.operator !== '--' || value.operand.kind !== 'name') return null;
  return isPrefixNeeded && !value.isPrefix ? null : value.operand.name;
}

/** `for (i = 0; …; i++)` */
function goesUpFromZero({ form, parts }: Loop, cursor: string): boolean {
  const { initial, update } = parts ?? {};
  if (form !== 'for' || update?.kind !== 'update' || update.operator !== '++') return false;
  if (update.operand.kind !== 'name' || update.operand.name !== cursor) return false;
  if (initial?.kind === 'assign')
    return initial.target.kind === 'name' && initial.target.name === cursor && isZero(initial.value);
  return false;
}

/** Whether each round calls something for the element, or the number, that the cursor stands at. */
function callsByCursor(loop: Loop, cursor: string): boolean {
  const isCursor = (node: AnyNode): boolean => node.kind === 'name' && node.name === cursor;
  let isUsed = false;
  for (const node of nodesIn(loop.body)) {
    // `x[i - 1]` is the one before: then all of them have their turn.
    if (node.kind === 'binary' && node.operator === '-' && isCursor(node.left)) return false;
    if (node.kind === 'call' && node.args.some((arg) => [...nodesIn(arg)].some(isCursor))) isUsed = true;
  }
  return isUsed;
}
