/** Values that lose bits because of the width in which they are computed or kept. */
import type { Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import type { ShortType } from '../scope.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const WIDTHS: OddityReader = { own: [bitsShiftedOut, narrowProducts] };

/** Bits of the integer types that drivers keep numbers in. A long is as wide as a pointer, at least 32. */
const BITS: ReadonlyMap<string, number> = new Map([
  ['u8', 8],
  ['__u8', 8],
  ['uint8_t', 8],
  ['unsigned char', 8],
  ['u16', 16],
  ['__u16', 16],
  ['uint16_t', 16],
  ['unsigned short', 16],
  ['u32', 32],
  ['__u32', 32],
  ['uint32_t', 32],
  ['unsigned int', 32],
  ['unsigned', 32],
  ['s32', 32],
  ['int', 32],
]);
const UNSIGNED_32 = /^(?:__)?u32$|^uint32_t$|^unsigned(?: int)?$/;
/** Wider than 32 bits on every machine. */
const BITS_64 = /^(?:__)?[us]64$|^uint64_t$|^dma_addr_t$|^phys_addr_t$|^(?:unsigned )?long long$/;

/** A value with the place that it is put into. */
interface Put {
  readonly value: Expression;
  readonly type: ShortType;
  readonly into: string;
}

function putsIn(body: Body): readonly Put[] {
  return body.reading.nodes.flatMap((node): Put[] => {
    if (node.kind === 'assign' && /^[|+]?=$/.test(node.operator))
      return [
        { value: node.value, type: body.scope.typeOf(node.target), into: body.values.plain(node.target) },
      ];
    if (node.kind === 'return' && node.value)
      return [
        { value: node.value, type: body.fn.item.returns, into: `the result of ${body.fn.item.name}()` },
      ];
    if (node.kind !== 'declaration') return [];
    return node.declarators.flatMap(({ name, type, initial }) =>
      initial && !type.isArray ? [{ value: initial, type, into: name }] : [],
    );
  });
}

/** `u16 devid = (seg << 16) | …`: nothing of the first part is left. */
function bitsShiftedOut(body: Body): OddityFact[] {
  return putsIn(body).flatMap(({ value, type, into }) => {
    const bits = type.pointers === 0 ? BITS.get(type.base) : undefined;
    if (bits === undefined) return [];
    return piecesOf(value).flatMap((piece) => {
      const by = shiftIn(piece);
      if (by === null || by < bits) return [];
      return [
        oddity('bits-shifted-out', body.spot(piece), body.text(piece), { other: `${into} has ${bits}` }),
      ];
    });
  });
}

/** What `|` and `+` put together. */
function piecesOf(value: Expression): readonly Expression[] {
  return value.kind === 'binary' && (value.operator === '|' || value.operator === '+')
    ? [...piecesOf(value.left), ...piecesOf(value.right)]
    : [value];
}

function shiftIn(node: Expression): number | null {
  if (node.kind !== 'binary' || node.operator !== '<<' || node.right.kind !== 'literal') return null;
  const by = Number(node.right.text);
  return Number.isInteger(by) ? by : null;
}

function isOf(body: Body, value: Expression, bases: RegExp): boolean {
  if (value.kind === 'binary')
    return (
      /^[-+|&]$/.test(value.operator) && (isOf(body, value.left, bases) || isOf(body, value.right, bases))
    );
  const { base, pointers } = body.scope.typeOf(value);
  return pointers === 0 && bases.test(base);
}

/** `u64 bytes = entries * size` with both of 32 bits without sign: the product is made in 32 bits. */
function narrowProducts(body: Body): OddityFact[] {
  return putsIn(body).flatMap(({ value, type, into }) => {
    if (type.pointers > 0 || !BITS_64.test(type.base)) return [];
    return piecesOf(value).flatMap((piece) => {
      if (piece.kind !== 'binary' || piece.operator !== '*') return [];
      const isNarrow = [piece.left, piece.right].every(
        (each) => isVariable(each) && isOf(body, each, UNSIGNED_32),
      );
      return isNarrow
        ? [
            oddity('multiplied-before-widened', body.spot(piece), body.text(piece), {
              other: `${body.text(piece.left)} ${into}`,
            }),
          ]
        : [];
    });
  });
}

function isVariable({ kind }: Expression): boolean {
  return kind === 'name' || kind === 'member';
}
