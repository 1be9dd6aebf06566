/** Values that lose bits, because of the width in which they are worked out, masked or kept. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { lastName } from '../names.js';
import { nodesIn } from '../shapes.js';
import { bitsOf, isLong, isUnsigned32, putsIn } from './integer-types.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const WIDTHS: OddityReader = {
  own: [intShifts, bitsShiftedOut, narrowProducts, narrowMasks, narrowShifts, narrowAddresses],
  around: [{ words: null, read: shiftsHandedOver }],
};

/** `1 << n` in int, put into 64 bits. */
function intShifts(body: Body): OddityFact[] {
  const found = new Map<Expression, string>();
  for (const { value, type, into } of putsIn(body)) {
    const isWide = bitsOf(type) === 64;
    for (const part of sums(value))
      if ((isWide && isIntShift(part)) || ((isWide || isLong(type)) && isPageShift(part)))
        found.set(part, into);
  }
  return [...found].map(([node, into]) =>
    oddity('int-shift', body.spot(node), body.text(node), { other: into }),
  );
}

/** The same, handed to a function that takes 64 bits: `toy_set(toy, 1 << 31)`. */
function shiftsHandedOver(body: Body, { program }: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'call') return [];
    const name = calledName(node) ?? '';
    const shifts = node.args.flatMap((arg, at) =>
      sums(arg).flatMap((part) => (isIntShift(part) ? [{ part, at }] : [])),
    );
    if (shifts.length === 0) return [];
    // What declares it: all that do must agree that it is wide.
    const declared = program.functionsNamed(name);
    return shifts.flatMap(({ part, at }) => {
      const parameters = declared.flatMap(({ item }) => item.parameters[at] ?? []);
      if (parameters.length === 0 || !parameters.every(({ type }) => bitsOf(type) === 64)) return [];
      const other = `${parameters[0]!.name || 'the argument'} of ${name}()`;
      return [oddity('int-shift', body.spot(part), body.text(part), { other })];
    });
  });
}

/** The parts of a value as arithmetic and `~` combine them. */
function sums(value: Expression): readonly Expression[] {
  if (value.kind === 'binary' && ['|', '&', '+', '-'].includes(value.operator))
    return [...sums(value.left), ...sums(value.right)];
  if (value.kind === 'unary' && value.operator === '~') return sums(value.operand);
  return [value];
}

/** A shift of a plain `1` by what may be 31 or more: anything that is no small number. */
function isIntShift(node: Expression): boolean {
  if (node.kind !== 'binary' || node.operator !== '<<') return false;
  if (node.left.kind !== 'literal' || !/^(?:0x)?[0-9a-f]+u?$/i.test(node.left.text)) return false;
  if (node.right.kind === 'literal') return Number(node.right.text) > 30;
  // The difference of two constants is one: how wide a field is.
  if (node.right.kind === 'binary' && [node.right.left, node.right.right].every(isConstantName)) return false;
  return [...nodesIn(node.right)].some((each) => lastName(each) !== null && WIDTH.test(lastName(each)!));
}

function isConstantName(node: Expression): boolean {
  return node.kind === 'name' && /^[A-Z][A-Z0-9_]*$/.test(node.name);
}

/** `1 << __ffs(domain->pgsize_bitmap)`: a page may be larger than what an int holds. */
function isPageShift(node: Expression): boolean {
  if (node.kind !== 'binary' || node.operator !== '<<' || node.left.kind !== 'literal') return false;
  if (!/^(?:0x)?[0-9a-f]+u?$/i.test(node.left.text)) return false;
  const name = calledName(node.right);
  if (node.right.kind !== 'call' || name === null || !/^(?:__ffs|__fls|__ffs64|fls64|ilog2)$/.test(name))
    return false;
  return [...nodesIn(node.right)].some((each) => /pgsize|page_sizes?$/.test(lastName(each) ?? ''));
}

/** Names of widths and positions. */
const WIDTH = /(?:^|_)(?:[a-z]*bits?|width|shift|order|[iopv]as|va_size)$/i;

/** `u16 devid = (seg << 16) | …`: nothing of the first part is left. */
function bitsShiftedOut(body: Body): OddityFact[] {
  return putsIn(body).flatMap(({ value, type, into }) => {
    const bits = bitsOf(type);
    if (bits === null) return [];
    return sums(value).flatMap((piece) => {
      const by = shiftIn(piece);
      if (by === null || by < bits) return [];
      return [
        oddity('bits-shifted-out', body.spot(piece), body.text(piece), { other: `${into} has ${bits}` }),
      ];
    });
  });
}

function shiftIn(node: Expression): number | null {
  if (node.kind !== 'binary' || node.operator !== '<<' || node.right.kind !== 'literal') return null;
  const by = Number(node.right.text);
  return Number.isInteger(by) ? by : null;
}

/** `u64 bytes = entries * size` with both of 32 bits without sign: the product is made in 32 bits. */
function narrowProducts(body: Body): OddityFact[] {
  return putsIn(body).flatMap(({ value, type, into }) => {
    if (bitsOf(type) !== 64) return [];
    return sums(value).flatMap((piece) => {
      if (piece.kind !== 'binary' || piece.operator !== '*') return [];
      const sides = [piece.left, piece.right];
      if (!sides.every((each) => isVariable(each) && isUnsigned32(body.scope.typeOf(each)))) return [];
      const other = `${body.text(piece.left)} ${into}`;
      return [oddity('multiplied-before-widened', body.spot(piece), body.text(piece), { other })];
    });
  });
}

function isVariable({ kind }: Expression): boolean {
  return kind === 'name' || kind === 'member';
}

/** Whether a value is surely an unsigned one of 32 bits: its upper half is zero when it is made 64 bits wide. */
function isNarrowUnsigned(body: Body, value: Expression): boolean {
  switch (value.kind) {
    case 'name':
    case 'member':
    case 'index':
    case 'call':
    case 'cast':
      return isUnsigned32(body.scope.typeOf(value));
    case 'unary':
      return value.operator === '~' && isNarrowUnsigned(body, value.operand);
    case 'binary': {
      if (value.operator === '<<' || value.operator === '>>') return isNarrowUnsigned(body, value.left);
      if (!['+', '-', '|', '&', '*'].includes(value.operator)) return false;
      const sides = [value.left, value.right];
      return (
        sides.some((side) => isNarrowUnsigned(body, side)) &&
        sides.every((side) => isNarrowUnsigned(body, side) || isPlainLiteral(side))
      );
    }
    default:
      return false;
  }
}

const isPlainLiteral = (value: Expression): boolean =>
  value.kind === 'literal' && /^(?:\d+|0x[0-9a-f]{1,8})u?$/i.test(value.text);

/** `iova & ~(size - 1)` with a size of 32 bits: the mask has no upper half, and so has no result. */
function narrowMasks(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    const pair: readonly [Expression, Expression] | null =
      node.kind === 'binary' && node.operator === '&'
        ? [node.left, node.right]
        : node.kind === 'assign' && node.operator === '&='
          ? [node.target, node.value]
          : null;
    if (!pair) return [];
    const [value, mask] = isInverted(pair[1]) ? pair : [pair[1], pair[0]];
    if (!isOfSize(mask) || !isNarrowUnsigned(body, mask)) return [];
    const type = body.scope.typeOf(value);
    if (bitsOf(type) !== 64 && !isLong(type)) return [];
    return [oddity('narrow-mask', body.spot(mask), body.text(mask), { other: body.text(value) })];
  });
}

const isInverted = (value: Expression): boolean => value.kind === 'unary' && value.operator === '~';

/** `~(size - 1)`: all bits above a size are meant to stay. Of the inverse of a mask they may be meant to go. */
function isOfSize(value: Expression): boolean {
  const inner = value.kind === 'unary' && value.operator === '~' ? value.operand : null;
  if (inner?.kind !== 'binary' || inner.operator !== '-') return false;
  return inner.right.kind === 'literal' && /^1[uU]?$/.test(inner.right.text);
}

const PAGES = /(?:^|_)(?:n?pages?|nr_?pages|pgcount|npg)$/i;
const FRAMES = /(?:^|_)(?:pfn|ppn|frame)s?$/i;
const PAGE_SHIFT = /(?:^|_)PAGE_SHIFT$/;

/** `u64 size = npages << PAGE_SHIFT;` where the pages are counted in 32 bits, and `phys_addr_t pa = pfn << PAGE_SHIFT`. */
function narrowShifts(body: Body): OddityFact[] {
  return putsIn(body).flatMap(({ value, type, into }) => {
    const isWide = bitsOf(type) === 64;
    if (value.kind !== 'binary' || (!isWide && !isLong(type))) return [];
    const { left, right, operator } = value;
    if (operator !== '<<' || left.kind === 'cast' || !PAGE_SHIFT.test(lastName(right) ?? '')) return [];
    const called = calledName(left);
    const name = lastName(left) ?? called ?? '';
    const from = body.scope.typeOf(left);
    if (isWide && (called === 'page_to_pfn' || called === 'vmalloc_to_pfn' || isLong(from)))
      return called || FRAMES.test(name) ? [narrowShift(body, value, left, `${into} long`)] : [];
    const isCount = bitsOf(from) === 32 && (PAGES.test(name) || FRAMES.test(name));
    return isCount ? [narrowShift(body, value, left, into)] : [];
  });
}

function narrowShift(body: Body, shift: Expression, shifted: Expression, other: string): OddityFact {
  return oddity('narrow-shift', body.spot(shift), body.text(shifted), { other });
}

/** Calls whose answer is an address that may be wider than 32 bits. include/linux/io.h, dma-mapping.h, scatterlist.h, iommu.h (6.12). */
const ADDRESSES: ReadonlySet<string> = new Set(
  (
    'virt_to_phys page_to_phys __pa iommu_iova_to_phys sg_phys dma_map_single dma_map_page ' +
    'dma_map_resource dma_map_single_attrs dma_map_page_attrs PFN_PHYS slow_virt_to_phys'
  ).split(' '),
);

/** `u32 pa = virt_to_phys(table);` */
function narrowAddresses(body: Body): OddityFact[] {
  return putsIn(body).flatMap(({ value, type, into, at }) => {
    const name = calledName(value);
    if (name === null || !ADDRESSES.has(name) || bitsOf(type) !== 32) return [];
    return [oddity('narrow-address', body.spot(at), into, { other: name })];
  });
}
