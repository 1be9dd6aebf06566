/** Reads C's literals: numbers with their type, characters, strings. */
import { Scalar, wrap } from './scalars.js';

export interface Constant {
  readonly value: bigint;
  readonly kind: Scalar;
}

const ESCAPES: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  f: 12,
  v: 11,
  e: 27,
};

/** The value and type of a number or character constant; null for a string or a floating number. */
export function readConstant(text: string): Constant | null {
  if (text.startsWith("'")) return { value: BigInt(signedChar(readBytes(text)[0] ?? 0)), kind: Scalar.I32 };
  // The grammar takes a sign for a part of the number.
  const sign = /^[-+]\s*/.exec(text);
  if (sign) return signed(readConstant(text.slice(sign[0].length)), text.startsWith('-'));
  const match = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uUlL]*)$/.exec(text);
  if (!match) return null;
  const digits = match[1]!;
  const isDecimal = !digits.startsWith('0') || digits === '0';
  const isOctal = /^0[0-7]+$/.test(digits);
  const value = BigInt(isOctal ? `0o${digits.slice(1)}` : isDecimal ? digits : digits.toLowerCase());
  return { value: BigInt.asUintN(64, value), kind: kindOf(value, match[2]!.toLowerCase(), isDecimal) };
}

function signed(constant: Constant | null, isNegative: boolean): Constant | null {
  return constant && isNegative ? { ...constant, value: wrap(constant.kind, -constant.value) } : constant;
}

function kindOf(value: bigint, suffix: string, isDecimal: boolean): Scalar {
  const unsigned = suffix.includes('u');
  const long = suffix.includes('l');
  if (!long && !unsigned && value < 1n << 31n) return Scalar.I32;
  if (!long && (unsigned || !isDecimal) && value < 1n << 32n) return Scalar.U32;
  if (!unsigned && value < 1n << 63n) return Scalar.I64;
  return Scalar.U64;
}

function signedChar(byte: number): number {
  return byte > 127 ? byte - 256 : byte;
}

/** The bytes of a string literal, or of several in a row, as one character each; null when it is none. */
export function readString(text: string): string | null {
  if (!/^(?:u8|[LuU])?"/.test(text)) return null;
  const parts = text.match(/"(?:\\[\s\S]|[^"\\])*"/g) ?? [];
  return String.fromCharCode(...parts.flatMap((part) => readBytes(part)));
}

/** The bytes between the quotes. */
function readBytes(quoted: string): number[] {
  const bytes: number[] = [];
  const body = quoted.slice(1, -1);
  for (let at = 0; at < body.length; ) {
    const sequence = /^\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|([\s\S]))/.exec(body.slice(at, at + 12));
    if (!sequence) {
      bytes.push(...utf8(body.codePointAt(at)!));
      at += body.codePointAt(at)! > 0xffff ? 2 : 1;
      continue;
    }
    const [whole, hex, octal, letter] = sequence;
    if (hex) bytes.push(Number.parseInt(hex, 16) & 255);
    else if (octal) bytes.push(Number.parseInt(octal, 8) & 255);
    else if (letter !== '\n') bytes.push(ESCAPES[letter!] ?? letter!.charCodeAt(0) & 255);
    at += whole.length;
  }
  return bytes;
}

function utf8(code: number): number[] {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
}
