/**
 * A grammar that does not know which names are types reads `(x) & y == z` as
 * the cast of an address, and `(u64)(x)` as a call. The tree is put right here.
 */
import type { CType, Expression } from '../syntax/index.js';

type Binary = Extract<Expression, { kind: 'binary' }>;
type Cast = Extract<Expression, { kind: 'cast' }>;

/** What tells types from values, and the text in which the tree was read. */
export interface Names {
  readonly text: string;
  isValue(name: string): boolean;
  isType(name: string): boolean;
}

/** `(u64)(x)` and `(u64)(x)->y`: a call of a type's name is a cast of all that follows; null when it is none. */
export function asCast(node: Expression, isType: (name: string) => boolean): Cast | null {
  let call = node;
  while (call.kind === 'member' || call.kind === 'index') call = call.object;
  if (call.kind !== 'call' || call.callee.kind !== 'name' || call.args.length !== 1) return null;
  if (!isType(call.callee.name)) return null;
  const operand = replaced(node, call, call.args[0]!);
  return { kind: 'cast', type: named(call.callee.name), operand, start: node.start, end: node.end };
}

function replaced(node: Expression, call: Expression, by: Expression): Expression {
  if (node === call) return by;
  if (node.kind !== 'member' && node.kind !== 'index') return node;
  return { ...node, object: replaced(node.object, call, by) };
}

function named(base: string): CType {
  return {
    base,
    pointers: 0,
    isArray: false,
    parameters: null,
    isFunctionPointer: false,
    isConst: false,
    derivations: [],
    definition: null,
  };
}

/** A chain of binary operators that no parentheses part, as it is written. */
interface Chain {
  readonly operands: Expression[];
  readonly operators: string[];
  /** Whether something in it was misread. */
  isWrong: boolean;
}

/** The expression as C reads it; the same object when the grammar read it so. */
export function asMeant(node: Expression, names: Names): Expression {
  if (node.kind !== 'binary' && node.kind !== 'cast') return node;
  const chain: Chain = { operands: [], operators: [], isWrong: false };
  flatten(node, names, chain);
  return chain.isWrong ? climb(chain, { at: 0 }, 0) : node;
}

function flatten(node: Expression, names: Names, chain: Chain): void {
  if (node.kind !== 'binary') {
    addOperand(node, names, chain);
    return;
  }
  // A child that does not begin or end where its parent does stands in parentheses.
  if (node.left.start === node.start) flatten(node.left, names, chain);
  else addOperand(node.left, names, chain);
  const isSign = SIGNS.has(node.operator) && isParenthesizedType(node, names);
  if (isSign) {
    const from = chain.operands.pop()!;
    const first = chain.operands.length;
    flattenRight(node, names, chain);
    chain.operands[first] = castOfSign(from, node.operator, chain.operands[first]!);
    chain.isWrong = true;
  } else {
    chain.operators.push(node.operator);
    flattenRight(node, names, chain);
  }
}

function flattenRight(node: Binary, names: Names, chain: Chain): void {
  if (node.right.end === node.end) flatten(node.right, names, chain);
  else addOperand(node.right, names, chain);
}

/** `(u64)-1` reads as a difference. */
function isParenthesizedType({ left, right }: Binary, { text, isType }: Names): boolean {
  if (left.kind !== 'name') return false;
  return text.slice(left.end, right.start).trimStart().startsWith(')') && isType(left.name);
}

function castOfSign(from: Expression, operator: string, operand: Expression): Cast {
  const { start, end } = operand;
  return {
    kind: 'cast',
    type: named(from.kind === 'name' ? from.name : ''),
    operand: { kind: 'unary', operator, operand, start: start - 1, end },
    start: from.start,
    end,
  };
}

/** An operand, or the two operands and the operator that were read as the cast of an address. */
function addOperand(node: Expression, names: Names, chain: Chain): void {
  const left = node.kind === 'cast' ? misreadValue(node, names) : null;
  if (!left || node.kind !== 'cast' || node.operand.kind !== 'unary') {
    chain.operands.push(node);
    return;
  }
  const { operand, start } = node.operand;
  // `(x) && (y)`: the address of an address.
  const isDouble = operand.kind === 'unary' && operand.operator === '&' && operand.start === start + 1;
  chain.isWrong = true;
  chain.operators.push(isDouble ? '&&' : '&');
  chain.operands.push(left, isDouble ? operand.operand : operand);
}

/** The value that stands where the type of a cast would: `(x) & y`, `(x[1]) && y`. */
function misreadValue({ type, operand, start }: Cast, { isValue }: Names): Expression | null {
  if (operand.kind !== 'unary' || operand.operator !== '&' || !/^\w+$/.test(type.base)) return null;
  if (!isValue(type.base)) return null;
  const span = { start: start + 1, end: operand.start };
  let value: Expression = { kind: 'name', name: type.base, ...span };
  for (const part of [...type.derivations].reverse()) {
    if (part.kind !== 'array' || !part.length) return null;
    value = { kind: 'index', object: value, index: part.length, ...span };
  }
  return value;
}

/** How close the operators of C bind. */
const STRENGTH: Readonly<Record<string, number>> = {
  ...{ '*': 10, '/': 10, '%': 10, '+': 9, '-': 9, '<<': 8, '>>': 8, '<': 7, '>': 7, '<=': 7, '>=': 7 },
  ...{ '==': 6, '!=': 6, '&': 5, '^': 4, '|': 3, '&&': 2, '||': 1 },
};

function climb(chain: Chain, cursor: { at: number }, least: number): Expression {
  let left = chain.operands[cursor.at]!;
  for (;;) {
    const operator = chain.operators[cursor.at];
    const strength = operator === undefined ? -1 : (STRENGTH[operator] ?? -1);
    if (operator === undefined || strength < least) return left;
    cursor.at++;
    const right = climb(chain, cursor, strength + 1);
    left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
  }
}

/** Operators that are a sign before one operand as well. */
const SIGNS = new Set(['-', '+', '*', '&']);
