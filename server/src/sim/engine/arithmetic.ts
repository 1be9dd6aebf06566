/** C's operators on simulated values: exact on numbers, on pointers as far as they go, terms on unknowns. */
import { compute, isSigned, Op, Scalar, widthOf, wrap } from '../../ir/index.js';
import {
  ErrorValue,
  FunctionValue,
  Pointer,
  resolve,
  Undefined,
  Unknown,
  type Value,
} from '../model/index.js';
import { HIGHEST, LOWEST } from './access.js';
import { comparison, settled, truthOf } from './knowledge.js';
import { exclude } from './learning.js';
import type { Machine } from './machine.js';

/** Names of operations in terms, by operation. */
const TERMS: Readonly<Partial<Record<Op, string>>> = {
  [Op.Add]: 'add',
  [Op.Subtract]: 'subtract',
  [Op.Multiply]: 'multiply',
  [Op.Divide]: 'divide',
  [Op.Remainder]: 'remainder',
  [Op.And]: 'and',
  [Op.Or]: 'or',
  [Op.Xor]: 'xor',
  [Op.ShiftLeft]: 'shift-left',
  [Op.ShiftRight]: 'shift-right',
  [Op.Equal]: 'equal',
  [Op.NotEqual]: 'not-equal',
  [Op.Less]: 'less',
  [Op.LessEqual]: 'less-equal',
  [Op.Greater]: 'greater',
  [Op.GreaterEqual]: 'greater-equal',
};

/** `left op right`, both of kind `from`, the result of kind `kind`. */
export function binary(
  machine: Machine,
  op: Op,
  from: Scalar,
  left: Value,
  right: Value,
  kind: Scalar,
): Value {
  const a = numeric(left, from);
  const b = numeric(right, from);
  if (a instanceof Undefined || b instanceof Undefined) return a instanceof Undefined ? a : b;
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    const value = compute(op, from === Scalar.Unknown || from === Scalar.Pointer ? Scalar.U64 : from, a, b);
    return (
      value ?? machine.unknown('integer', LOWEST[kind]!, HIGHEST[kind]!, 'a value that C does not define')
    );
  }
  const isComparison = op >= Op.Equal && op <= Op.GreaterEqual;
  if (isComparison) return compared(machine, op, from, a, b);
  if (a instanceof Pointer && typeof b === 'bigint' && (op === Op.Add || op === Op.Subtract))
    return a.moved(Number(op === Op.Add ? BigInt.asIntN(64, b) : -BigInt.asIntN(64, b)));
  if (b instanceof Pointer && typeof a === 'bigint' && op === Op.Add)
    return b.moved(Number(BigInt.asIntN(64, a)));
  if (a instanceof Pointer && b instanceof Pointer && op === Op.Subtract && a.object === b.object)
    return BigInt(a.key - b.key);
  return operation(machine, op, from, a, b, kind);
}

/** An error pointer counts as its number where it is one. */
function numeric(value: Value, from: Scalar): Value {
  const known = settled(value);
  if (known instanceof ErrorValue && known.errno !== null && from !== Scalar.Pointer)
    return wrap(from === Scalar.Unknown ? Scalar.I64 : from, known.errno);
  return known;
}

function compared(machine: Machine, op: Op, from: Scalar, a: Value, b: Value): Value {
  const known = comparison(TERMS[op]!, a, b);
  if (known !== null) return known ? 1n : 0n;
  const term = { operation: TERMS[op]!, operands: [a, b], bits: widthOf(from), isSigned: isSigned(from) };
  return machine.term('integer', term, 0n, 1n);
}

function operation(machine: Machine, op: Op, from: Scalar, a: Value, b: Value, kind: Scalar): Value {
  const simple = simplified(machine, op, from, a, b);
  if (simple !== null) return simple;
  let [low, high] = [LOWEST[kind]!, HIGHEST[kind]!];
  // What is masked is no greater than the mask.
  if (op === Op.And) {
    const masks = [boundsOf(a), boundsOf(b)].flatMap((each) => (each && each[0] >= 0n ? [each[1]] : []));
    if (masks.length > 0) [low, high] = [0n, masks.reduce((least, each) => (each < least ? each : least))];
  } else if (op === Op.Add || op === Op.Subtract) [low, high] = sumBounds(op, a, b, low, high);
  else if (op === Op.ShiftRight && a instanceof Unknown && typeof b === 'bigint' && a.low >= 0n && b >= 0n)
    [low, high] = [a.low >> b, a.high >> b];
  const term = { operation: TERMS[op]!, operands: [a, b], bits: widthOf(from), isSigned: isSigned(from) };
  const result = machine.term('integer', term, low, high);
  // The lowest bit goes up and not away: `1U << x` is never 0.
  if (op === Op.ShiftLeft && typeof a === 'bigint' && (a & 1n) === 1n) exclude(machine, result, 0n);
  return result;
}

/** Bounds of a sum that cannot wrap; the kind's own otherwise. */
function sumBounds(op: Op, a: Value, b: Value, low: bigint, high: bigint): [bigint, bigint] {
  const [x, y] = [boundsOf(a), boundsOf(b)];
  if (!x || !y) return [low, high];
  const least = op === Op.Add ? x[0] + y[0] : x[0] - y[1];
  const most = op === Op.Add ? x[1] + y[1] : x[1] - y[0];
  return least >= low && most <= high ? [least, most] : [low, high];
}

function boundsOf(value: Value): [bigint, bigint] | null {
  if (typeof value === 'bigint') return [value, value];
  return value instanceof Unknown && value.sort === 'integer' ? [value.low, value.high] : null;
}

/** `x + 0`, `(x + 1) - 1`, `x & 0`: so that a counter that went up and down is what it was. */
function simplified(machine: Machine, op: Op, from: Scalar, a: Value, b: Value): Value | null {
  if (a === b) {
    if (op === Op.Subtract || op === Op.Xor) return 0n;
    if (op === Op.And || op === Op.Or) return a;
  }
  if (b === 0n && NEUTRAL_ZERO.has(op)) return a;
  if (a === 0n && (op === Op.Add || op === Op.Or || op === Op.Xor)) return b;
  if ((op === Op.And || op === Op.Multiply) && (a === 0n || b === 0n)) return 0n;
  if (op === Op.And && (isPastMask(machine, a, b) || isPastMask(machine, b, a))) return 0n;
  if (op === Op.Multiply && (a === 1n || b === 1n)) return a === 1n ? b : a;
  if (typeof b === 'bigint' && (op === Op.Add || op === Op.Subtract))
    return steppedSum(machine, op, from, a, b);
  return null;
}

/** Whether one is the other and 1, and that is 2^n - 1: they have no bit in common. */
function isPastMask({ masks }: Machine, sum: Value, mask: Value): boolean {
  if (!(mask instanceof Unknown) || !masks.has(mask) || !(sum instanceof Unknown)) return false;
  const { operation, operands = [] } = sum.term ?? {};
  return operation === 'add' && operands[1] === 1n && resolve(operands[0]!) === mask;
}

/** What gives back its left side when the right one is zero. */
const NEUTRAL_ZERO: ReadonlySet<Op> = new Set([
  Op.Add,
  Op.Subtract,
  Op.Or,
  Op.Xor,
  Op.ShiftLeft,
  Op.ShiftRight,
]);

/** A sum of a sum: one sum, when both wrap alike. */
function steppedSum(machine: Machine, op: Op, from: Scalar, a: Value, b: bigint): Value | null {
  const term = a instanceof Unknown ? a.term : null;
  const inner = term?.operands[1];
  if (!term || typeof inner !== 'bigint' || (term.operation !== 'add' && term.operation !== 'subtract'))
    return null;
  if (term.bits !== widthOf(from) || term.isSigned !== isSigned(from)) return null;
  const sum = (term.operation === 'add' ? inner : -inner) + (op === Op.Add ? b : -b);
  const total = BigInt.asIntN(term.bits, sum);
  const base = resolve(term.operands[0]!);
  if (total === 0n) return base;
  // Its negative is no number of that width.
  if (BigInt.asIntN(term.bits, -total) === total) return null;
  return binary(machine, total > 0n ? Op.Add : Op.Subtract, from, base, total > 0n ? total : -total, from);
}

/** `-x` and `~x`. */
export function unary(machine: Machine, op: Op, kind: Scalar, value: Value): Value {
  const known = resolve(value);
  if (known instanceof Undefined) return known;
  if (op === Op.Negate) return binary(machine, Op.Subtract, kind, 0n, known, kind);
  if (typeof known === 'bigint') return wrap(kind, ~known);
  const term = { operation: 'complement', operands: [known], bits: widthOf(kind), isSigned: isSigned(kind) };
  return machine.term('integer', term, LOWEST[kind]!, HIGHEST[kind]!);
}

/** `!x`. */
export function not(machine: Machine, value: Value): Value {
  const known = resolve(value);
  if (known instanceof Undefined) return known;
  const truth = truthOf(known);
  if (truth !== null) return truth ? 0n : 1n;
  return machine.term('integer', { operation: 'not', operands: [known], bits: 1, isSigned: false }, 0n, 1n);
}

/** A value in another kind. */
export function convert(machine: Machine, value: Value, _from: Scalar, kind: Scalar, pointee: string): Value {
  const known = settled(value);
  if (known instanceof Undefined) return known;
  if (kind === Scalar.Bool) return toBool(machine, known);
  // A NULL keeps the reason why it is one.
  if (known === 0n && kind === Scalar.Pointer) return value;
  if (typeof known === 'bigint') return convertNumber(known, kind);
  if (known instanceof ErrorValue) {
    if (kind === Scalar.Pointer || kind === Scalar.Unknown || known.errno === null) return value;
    return wrap(kind, known.errno);
  }
  if (known instanceof Pointer || known instanceof FunctionValue) return known;
  return convertUnknown(machine, value, known, kind, pointee);
}

function convertNumber(value: bigint, kind: Scalar): Value {
  const number = wrap(kind === Scalar.Unknown ? Scalar.I64 : kind, value);
  const isError = kind === Scalar.Pointer && number > (1n << 64n) - 4096n;
  return isError ? new ErrorValue(BigInt.asIntN(64, number), false, null) : number;
}

function toBool(machine: Machine, known: Value): Value {
  const truth = truthOf(known);
  if (truth !== null) return truth ? 1n : 0n;
  if (known instanceof Unknown && known.low >= 0n && known.high <= 1n && known.sort === 'integer')
    return known;
  const term = { operation: 'not-equal', operands: [known, 0n], bits: 64, isSigned: false };
  return machine.term('integer', term, 0n, 1n);
}

function convertUnknown(
  machine: Machine,
  value: Value,
  known: Unknown,
  kind: Scalar,
  pointee: string,
): Value {
  if (kind === Scalar.Unknown || (kind === Scalar.Pointer && known.sort !== 'integer')) return value;
  // A pointer that was a number for a while is the pointer that it was.
  const [source] = known.term?.operation === 'convert' && known.term.bits === 64 ? known.term.operands : [];
  if (kind === Scalar.Pointer && source instanceof Unknown && source.sort !== 'integer') return source;
  if (kind === Scalar.Pointer)
    return machine.term(
      'pointer',
      { operation: `pointer ${pointee}`, operands: [known], bits: 64, isSigned: false },
      0n,
      HIGHEST[kind]!,
      known.words,
    );
  if (known.sort === 'integer' && known.low >= LOWEST[kind]! && known.high <= HIGHEST[kind]!) return value;
  const term = { operation: 'convert', operands: [known], bits: widthOf(kind), isSigned: isSigned(kind) };
  return machine.term('integer', term, LOWEST[kind]!, HIGHEST[kind]!, known.words);
}
