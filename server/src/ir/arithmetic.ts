/** C's operators on values that are at hand: for constants, and for whoever runs the instructions. */
import { Op } from './instructions.js';
import { isSigned, type Scalar, widthOf, wrap } from './scalars.js';

/** The operation of a binary operator of C; none for those that are control flow. */
export const BINARY_OPS: ReadonlyMap<string, Op> = new Map([
  ['+', Op.Add],
  ['-', Op.Subtract],
  ['*', Op.Multiply],
  ['/', Op.Divide],
  ['%', Op.Remainder],
  ['&', Op.And],
  ['|', Op.Or],
  ['^', Op.Xor],
  ['<<', Op.ShiftLeft],
  ['>>', Op.ShiftRight],
  ['==', Op.Equal],
  ['!=', Op.NotEqual],
  ['<', Op.Less],
  ['<=', Op.LessEqual],
  ['>', Op.Greater],
  ['>=', Op.GreaterEqual],
]);

export function isComparison(op: Op): boolean {
  return op >= Op.Equal && op <= Op.GreaterEqual;
}

export function isShift(op: Op): boolean {
  return op === Op.ShiftLeft || op === Op.ShiftRight;
}

/**
 * The result of `left op right`, both of kind `from`, as that kind holds it (0
 * or 1 for a comparison); null where C gives no value: division by zero, a
 * shift by the width or more.
 */
export function compute(op: Op, from: Scalar, left: bigint, right: bigint): bigint | null {
  if (isComparison(op)) return compare(op, left, right) ? 1n : 0n;
  if (isShift(op)) {
    if (right < 0n || right >= BigInt(widthOf(from))) return null;
    return wrap(from, op === Op.ShiftLeft ? left << right : left >> right);
  }
  const value = combine(op, left, right);
  return value === null ? null : wrap(from, value);
}

function combine(op: Op, left: bigint, right: bigint): bigint | null {
  switch (op) {
    case Op.Add:
      return left + right;
    case Op.Subtract:
      return left - right;
    case Op.Multiply:
      return left * right;
    case Op.Divide:
      return right === 0n ? null : left / right;
    case Op.Remainder:
      return right === 0n ? null : left % right;
    case Op.And:
      return left & right;
    case Op.Or:
      return left | right;
    case Op.Xor:
      return left ^ right;
    default:
      return null;
  }
}

function compare(op: Op, left: bigint, right: bigint): boolean {
  switch (op) {
    case Op.Equal:
      return left === right;
    case Op.NotEqual:
      return left !== right;
    case Op.Less:
      return left < right;
    case Op.LessEqual:
      return left <= right;
    case Op.Greater:
      return left > right;
    default:
      return left >= right;
  }
}

/** The bits of a bitfield, cut out of a little-endian unit, as its kind holds them. */
export function extractBits(kind: Scalar, unit: bigint, offset: number, width: number): bigint {
  const raw = (unit >> BigInt(offset)) & ((1n << BigInt(width)) - 1n);
  return isSigned(kind) ? BigInt.asIntN(width, raw) : raw;
}
