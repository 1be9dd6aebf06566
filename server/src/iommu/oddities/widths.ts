/** Values that lose bits because of the width in which they are computed or kept. */
import type { Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import type { ShortType } from '../scope.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const WIDTHS: OddityReader = { own: [bitsShiftedOut, narrowMasks, narrowShifts, narrowProducts] };

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

type Binary = Extract<Expression, { kind: 'binary' }>;

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

/** `iova & ~(size - 1)` with a size of 32 bits without sign: the mask has no upper half, and takes that of the address away. */
function narrowMasks(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    const mask = node.kind === 'binary' && node.operator === '&' ? node.right : null;
    const masked = mask && node.kind === 'binary' ? node.left : null;
    const assigned = node.kind === 'assign' && node.operator === '&=' ? node : null;
    const value = masked ?? assigned?.target;
    const inverted = mask ?? assigned?.value;
    if (!value || inverted?.kind !== 'unary' || inverted.operator !== '~') return [];
    if (!isOf(body, value, BITS_64)) return [];
    const narrow = narrowIn(body, inverted.operand);
    if (narrow === null) return [];
    return [oddity('mask-too-narrow', body.spot(inverted), body.text(inverted), { other: body.text(value) })];
  });
}

function isOf(body: Body, value: Expression, bases: RegExp): boolean {
  if (value.kind === 'binary')
    return (
      /^[-+|&]$/.test(value.operator) && (isOf(body, value.left, bases) || isOf(body, value.right, bases))
    );
  const { base, pointers } = body.scope.typeOf(value);
  return pointers === 0 && bases.test(base);
}

/** The variable of 32 bits without sign that makes a value one, when nothing in it is wider. */
function narrowIn(body: Body, value: Expression): string | null {
  const leaves = leavesIn(value);
  if (leaves === null) return null;
  const variables = leaves.filter((each) => each.kind !== 'literal');
  const isNarrow = variables.every((each) => isOf(body, each, UNSIGNED_32));
  const isPlain = leaves.every((each) => each.kind !== 'literal' || !/l/i.test(each.text));
  return variables.length > 0 && isNarrow && isPlain ? body.text(variables[0]!) : null;
}

/** Variables, members and numbers of which arithmetic makes a value; null where anything else takes part. */
function leavesIn(value: Expression): readonly Expression[] | null {
  if (value.kind === 'literal' || value.kind === 'name' || value.kind === 'member') return [value];
  if (value.kind !== 'binary' || !/^[-+*|&]$/.test(value.operator)) return null;
  const [left, right] = [leavesIn(value.left), leavesIn(value.right)];
  return left && right && [...left, ...right];
}

/** `u64 size = pages << PAGE_SHIFT` with pages of 32 bits: the shift is made in 32 bits, and widened when they are gone. */
function narrowShifts(body: Body): OddityFact[] {
  return putsIn(body).flatMap(({ value, type, into }) => {
    if (type.pointers > 0 || !BITS_64.test(type.base)) return [];
    return piecesOf(value).flatMap((piece) => {
      if (piece.kind !== 'binary' || !isPageShift(piece)) return [];
      const narrow = counted(body, piece.left);
      return narrow === null
        ? []
        : [
            oddity('shifted-before-widened', body.spot(piece), body.text(piece), {
              other: `${narrow} ${into}`,
            }),
          ];
    });
  });
}

/** A variable of 32 bits that says how many or which page, with or without sign. */
function counted(body: Body, value: Expression): string | null {
  const leaves = leavesIn(value);
  const variables = leaves?.filter((each) => each.kind !== 'literal') ?? [];
  if (variables.length === 0 || leaves?.some((each) => each.kind === 'literal' && /l/i.test(each.text)))
    return null;
  const is32 = variables.every((each) => {
    const { base, pointers } = body.scope.typeOf(each);
    return pointers === 0 && BITS.get(base) === 32;
  });
  return is32 && variables.some((each) => PAGES.test(body.text(each))) ? body.text(variables[0]!) : null;
}

const PAGES = /pfn|pages?\b|npg|nr_?pages|granul/i;

function isPageShift({ operator, right }: Binary): boolean {
  if (operator !== '<<') return false;
  return right.kind === 'name' && /^(?:\w+_)?PAGE_SHIFT$|^\w*page_shift$|^\w*pgshift$/.test(right.name);
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
