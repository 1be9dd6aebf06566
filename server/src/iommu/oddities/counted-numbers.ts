/** Numbers that are one off by what a call or a loop counts from, and sizes in the place of orders. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { lastName } from '../names.js';
import { atomsOf, isZero, type Loop, sequencesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const COUNTED_NUMBERS: OddityReader = { own: [countersPastZero, bitsFromOne, sizesAsOrders] };

/** `while (n--) { … } if (!n) return -ETIMEDOUT;`: when the time is up, n is below zero. */
function countersPastZero(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'loop') return [];
      const counter = countedDown(statement);
      const next = statements.slice(at + 1).find((each) => mentions(body, each, counter));
      if (counter === null || next?.kind !== 'if') return [];
      return atomsOf(next.condition).flatMap((atom) => {
        const asked = askedForZero(atom);
        return asked !== null && lastName(asked) === counter && asked.kind === 'name'
          ? [
              oddity('counter-past-zero', body.spot(atom), counter, {
                other: body.text(conditionOf(statement)!),
              }),
            ]
          : [];
      });
    }),
  );
}

function mentions(body: Body, statement: Statement, name: string | null): boolean {
  return name !== null && new RegExp(`\\b${name}\\b`).test(body.text(statement));
}

function conditionOf(loop: Loop): Expression | null {
  if (loop.parts) return loop.parts.condition;
  if (loop.form !== 'while' && loop.form !== 'do') return null;
  const [condition] = loop.header;
  return (condition as Expression | undefined) ?? null;
}

/** The variable that the condition of a loop takes one from after it has looked at it. */
function countedDown(loop: Loop): string | null {
  const condition = conditionOf(loop);
  if (!condition) return null;
  for (const atom of atomsOf(condition)) {
    const counted = atom.kind === 'binary' && atom.operator === '>' && isZero(atom.right) ? atom.left : atom;
    if (counted.kind === 'update' && counted.operator === '--' && !counted.isPrefix)
      return counted.operand.kind === 'name' ? counted.operand.name : null;
  }
  return null;
}

/** What `!n` and `n == 0` ask about. */
function askedForZero(condition: Expression): Expression | null {
  if (condition.kind === 'unary' && condition.operator === '!') return condition.operand;
  if (condition.kind === 'call' && /^(?:un)?likely$/.test(calledName(condition) ?? ''))
    return askedForZero(condition.args[0]!);
  return condition.kind === 'binary' && condition.operator === '==' && isZero(condition.right)
    ? condition.left
    : null;
}

/** `BIT(ffs(x))`, `1UL << ffs(x)`: ffs() counts bits from one, __ffs() from zero. include/linux/bitops.h. */
function bitsFromOne(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    const number =
      node.kind === 'call' && /^BIT(?:_ULL)?$/.test(calledName(node) ?? '')
        ? node.args[0]
        : node.kind === 'binary' &&
            node.operator === '<<' &&
            node.left.kind === 'literal' &&
            /^1[uUlL]*$/.test(node.left.text)
          ? node.right
          : undefined;
    return number && calledName(number) === 'ffs'
      ? [oddity('bit-from-one', body.spot(number), body.text(number))]
      : [];
  });
}

/** Functions of pages that take an order, and which argument it is. include/linux/gfp.h (6.12). */
const ORDERS: ReadonlyMap<string, number> = new Map([
  ['alloc_pages', 1],
  ['alloc_pages_node', 2],
  ['__get_free_pages', 1],
  ['free_pages', 1],
  ['__free_pages', 1],
]);

/** `__get_free_pages(gfp, size)`, `free_pages(addr, PAGE_SIZE)`, `get_order(nr_pages)`. */
function sizesAsOrders(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    const name = calledName(node);
    if (name === null || node.kind !== 'call') return [];
    if (name === 'get_order') {
      const [size] = node.args;
      const isCount = size && /^(?:nr|n|num)_?pages$/.test(lastName(size) ?? '');
      return isCount ? [oddity('pages-as-bytes', body.spot(size), body.text(size), { other: name })] : [];
    }
    const at = ORDERS.get(name);
    const order = at === undefined ? undefined : node.args[at];
    return order && isBytes(order)
      ? [oddity('bytes-as-order', body.spot(order), body.text(order), { other: name })]
      : [];
  });
}

function isBytes(value: Expression): boolean {
  return (
    value.kind === 'sizeof' ||
    /^(?:\w*_)?(?:size|len|length|bytes)$|(?:^|_)(?:PAGE|TABLE|TBL)_SIZE$/.test(lastName(value) ?? '')
  );
}
