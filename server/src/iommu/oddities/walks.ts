/** Loops: those that run the wrong way, and those that are left with the reference of the round. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { namesIn } from '../names.js';
import { type Loop, labelIn, loopsIn, nodesIn } from '../shapes.js';
import { isUnsigned } from './checks.js';
import { HOLDING_WALKS } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const LOOPS: OddityReader = { own: [wrongWays, leftWithReference] };

/** `for (i = n - 1; i >= 0; i++)`: what the condition waits for is behind. */
function wrongWays(body: Body): OddityFact[] {
  return loopsIn(body).flatMap(({ parts, form, body: inner }) => {
    const { condition, update, initial } = parts ?? {};
    if (form !== 'for' || condition?.kind !== 'binary' || !update || !initial) return [];
    const step = stepOf(update);
    if (step === null || condition.left.kind !== 'name' || condition.left.name !== step.name) return [];
    const isDownTo = condition.operator === '>=' || condition.operator === '>';
    const isUpTo = condition.operator === '<' || condition.operator === '<=';
    // A number without a sign that goes below zero is above every limit: that ends such a loop.
    const isWrapping = isUnsigned(body.scope.typeOf(condition.left));
    const isWrong = (isDownTo && step.isUp) || (isUpTo && !step.isUp && !isWrapping);
    if (!isWrong || setsIn(body, inner, step.name)) return [];
    return [oddity('loop-runs-away', body.spot(update), body.text(update), { other: body.text(condition) })];
  });
}

function stepOf(update: Expression): { readonly name: string; readonly isUp: boolean } | null {
  if (update.kind !== 'update' || update.operand.kind !== 'name') return null;
  return { name: update.operand.name, isUp: update.operator === '++' };
}

/** Whether the loop moves its number itself, and may well end. */
function setsIn(body: Body, node: Statement, name: string): boolean {
  return nodesIn(node).some(
    (each) =>
      (each.kind === 'assign' && body.values.plain(each.target) === name) ||
      (each.kind === 'update' && body.values.plain(each.operand) === name),
  );
}

/** A loop whose every round holds a reference of its cursor is left early, and nobody puts it. */
function leftWithReference(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    const row = HOLDING_WALKS.get(loop.form);
    const cursor = row && loop.header[row.cursor];
    if (!row || cursor?.kind !== 'name') return [];
    const { name } = cursor;
    // Who keeps it keeps its reference as well.
    if (isKept(loop, name)) return [];
    return waysOut(loop.body).flatMap(({ left, before }) => {
      const isHandedOn = left.kind === 'return' && left.value !== null && namesIn(left.value).includes(name);
      if (isHandedOn || before.some((each) => gives(each, name, row.put))) return [];
      if (left.kind !== 'return' && isMentionedBehind(body, loop, left, name)) return [];
      return [
        oddity('walk-left-with-reference', body.spot(left), name, {
          other: row.put,
          related: [{ spot: body.spot(cursor), message: `${loop.form}() holds it in each round` }],
        }),
      ];
    });
  });
}

interface WayOut {
  readonly left: Statement;
  /** What runs before it in the round, as far as it stands in a row with it. */
  readonly before: readonly Statement[];
}

/** Returns, gotos and breaks that leave a loop from its body. */
function waysOut(node: Statement, before: readonly Statement[] = []): WayOut[] {
  switch (node.kind) {
    case 'return':
    case 'goto':
    case 'break':
      return [{ left: node, before }];
    case 'if':
      return [node.consequence, node.alternative].flatMap((each) => (each ? waysOut(each, before) : []));
    case 'compound':
      return node.statements.flatMap((each, at) =>
        waysOut(each, [...before, ...node.statements.slice(0, at)]),
      );
    case 'label':
      return node.body ? waysOut(node.body, before) : [];
    case 'loop':
    case 'switch':
      // A break in there leaves only that.
      return waysOut(node.body, before).filter(({ left }) => left.kind !== 'break');
    case 'case':
      return node.body.flatMap((each, at) => waysOut(each, [...before, ...node.body.slice(0, at)]));
    default:
      return [];
  }
}

/** Whether a statement gives the cursor to the function that puts it, or to any that may by its name. */
function gives(node: Statement, name: string, put: string): boolean {
  return nodesIn(node).some((each) => {
    const called = calledName(each);
    return (
      called !== null &&
      each.kind === 'call' &&
      (called === put || /(?:^|_)(?:put|release|free)(?:_|$)/.test(called)) &&
      each.args.some((arg) => namesIn(arg).includes(name))
    );
  });
}

function isKept({ body: inner }: Loop, name: string): boolean {
  const isIt = (value: Expression): boolean =>
    (value.kind === 'name' && value.name === name) ||
    (value.kind === 'cast' && isIt(value.operand)) ||
    (value.kind === 'unary' && value.operator === '&' && namesIn(value).includes(name));
  return nodesIn(inner).some(
    (node) =>
      (node.kind === 'assign' && isIt(node.value)) ||
      (node.kind === 'declaration' &&
        node.declarators.some(
          ({ initial }) => initial !== null && initial.kind === 'name' && isIt(initial),
        )) ||
      (node.kind === 'call' && /_get$|^get_|list_add/.test(calledName(node) ?? '') && node.args.some(isIt)),
  );
}

/** Whether what runs after a break or a goto names the cursor: it may put it. */
function isMentionedBehind(body: Body, loop: Loop, left: Statement, name: string): boolean {
  const label = left.kind === 'goto' ? labelIn(body, left.label) : null;
  const from = left.kind === 'goto' ? (label?.start ?? 0) : loop.body.end;
  return body.reading.nodes.some(
    (node) => node.start >= from && node.kind === 'name' && node.name === name && !isWithin(loop, node.start),
  );
}

function isWithin({ body: inner }: Loop, at: number): boolean {
  return inner.start <= at && at < inner.end;
}
