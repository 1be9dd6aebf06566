/**
 * What fits into one register: integers with their width and sign, pointers,
 * and the scalar of which nothing is known. Also C's arithmetic on them, wrapping as
 * the kernel is compiled (`-fwrapv`); what C leaves undefined has no value here.
 */

/** Kinds of scalars. `Unknown` is a scalar whose type is not at hand; `Void` is none at all; `Record` is held by address. */
export enum Scalar {
  Void,
  Bool,
  I8,
  U8,
  I16,
  U16,
  I32,
  U32,
  I64,
  U64,
  Pointer,
  Unknown,
  Record,
}

/** The spelling of each kind, by number. */
export const SCALAR_NAMES: readonly string[] =
  'void bool i8 u8 i16 u16 i32 u32 i64 u64 ptr unknown record'.split(' ');

const WIDTHS = [0, 8, 8, 8, 16, 16, 32, 32, 64, 64, 64, 64, 0];

/** Width in bits; an unknown scalar is taken to be as wide as a register. */
export function widthOf(kind: Scalar): number {
  return WIDTHS[kind]!;
}

export function isSigned(kind: Scalar): boolean {
  return kind === Scalar.I8 || kind === Scalar.I16 || kind === Scalar.I32 || kind === Scalar.I64;
}

export function isInteger(kind: Scalar): boolean {
  return kind >= Scalar.Bool && kind <= Scalar.U64;
}

/** The integer of that many bits (8, 16, 32 or 64). */
export function integerKind(bits: number, signed: boolean): Scalar {
  const unsigned = bits <= 8 ? Scalar.U8 : bits <= 16 ? Scalar.U16 : bits <= 32 ? Scalar.U32 : Scalar.U64;
  return signed ? unsigned - 1 : unsigned;
}

/** `value` as that kind holds it. */
export function wrap(kind: Scalar, value: bigint): bigint {
  if (kind === Scalar.Bool) return value === 0n ? 0n : 1n;
  if (kind === Scalar.Void || kind === Scalar.Record) return 0n;
  return isSigned(kind) ? BigInt.asIntN(WIDTHS[kind]!, value) : BigInt.asUintN(WIDTHS[kind]!, value);
}

/** C's integer promotion. */
export function promoted(kind: Scalar): Scalar {
  return kind >= Scalar.Bool && kind < Scalar.I32 ? Scalar.I32 : kind;
}

/** C's usual arithmetic conversions; unknown wins, a pointer counts as `unsigned long`. */
export function commonKind(left: Scalar, right: Scalar): Scalar {
  if (left === Scalar.Unknown || right === Scalar.Unknown) return Scalar.Unknown;
  if (!isInteger(left) || !isInteger(right)) return Scalar.U64;
  return Math.max(promoted(left), promoted(right));
}
