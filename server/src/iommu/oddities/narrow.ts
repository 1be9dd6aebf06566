/** Values of 64 bits that pass through 32: masks, shifts and variables in which the upper half gets lost. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { lastName } from '../names.js';
import type { ShortType } from '../scope.js';
import { assignmentsIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const NARROW: OddityReader = { own: [narrowMasks, narrowShifts, narrowAddresses] };

/** How wide a value is: `long` is 64 bits or 32, as the machine is. */
type Width = 'narrow' | 'long' | 'wide';

const WIDE =
  /^(?:u64|s64|__u64|__s64|__le64|dma_addr_t|phys_addr_t|resource_size_t|unsigned long long|long long|uint64_t)$/;
const LONG = /^(?:unsigned long|long|size_t|ssize_t|pgoff_t|uintptr_t)$/;
const NARROW_UNSIGNED = /^(?:u32|__u32|uint32_t|unsigned int|unsigned)$/;
const NARROW_SIGNED = /^(?:int|s32|__s32)$/;

function widthOfType({ base, pointers }: ShortType): Width | null {
  if (pointers > 0) return null;
  if (WIDE.test(base)) return 'wide';
  if (LONG.test(base)) return 'long';
  return NARROW_UNSIGNED.test(base) || NARROW_SIGNED.test(base) ? 'narrow' : null;
}

/** Whether a value is surely an unsigned one of 32 bits: its upper half is zero when it is made 64 bits wide. */
function isNarrowUnsigned(body: Body, value: Expression): boolean {
  switch (value.kind) {
    case 'name':
    case 'member':
    case 'index':
    case 'call': {
      const { base, pointers } = body.scope.typeOf(value);
      return pointers === 0 && NARROW_UNSIGNED.test(base);
    }
    case 'cast':
      return value.type.pointers === 0 && NARROW_UNSIGNED.test(value.type.base);
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
    const width = widthOfType(body.scope.typeOf(value));
    if (width !== 'wide' && width !== 'long') return [];
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
  return [...intoWide(body)].flatMap(({ value, into, width }) => {
    const node = value;
    if (node.kind !== 'binary') return [];
    const isShift = node.operator === '<<' && PAGE_SHIFT.test(lastName(node.right) ?? '');
    const { left } = node;
    if (!isShift) return [];
    const called = calledName(left);
    const from: Width | null =
      called === 'page_to_pfn' || called === 'vmalloc_to_pfn' ? 'long' : widthOfType(body.scope.typeOf(left));
    const name = lastName(left) ?? called ?? '';
    if (left.kind === 'cast' || from === null || from === 'wide') return [];
    if (from === 'long' && (width !== 'wide' || !(called || FRAMES.test(name)))) return [];
    if (from === 'narrow' && !PAGES.test(name) && !FRAMES.test(name)) return [];
    return [
      oddity('narrow-shift', body.spot(node), body.text(left), {
        other: from === 'long' ? `${into} long` : into,
      }),
    ];
  });
}

/** What is made 64 bits wide only when it is there: values that are assigned to or returned as something wide. */
function* intoWide(
  body: Body,
): Iterable<{ readonly value: Expression; readonly into: string; readonly width: Width }> {
  for (const { target, value, node } of assignmentsIn(body)) {
    const type = node.kind === 'assign' ? body.scope.typeOf(node.target) : body.scope.typeOfName(target);
    const width = widthOfType(type);
    if (width === 'wide' || width === 'long') yield { value, into: target, width };
  }
  const { returns, name } = body.fn.item;
  const width = widthOfType(returns);
  if (width === 'wide' || width === 'long')
    for (const { value } of body.flow.returns) yield { value, into: `the result of ${name}()`, width };
}

/** Calls whose answer is an address that may be wider than 32 bits. include/linux/io.h, dma-mapping.h, scatterlist.h, iommu.h (6.12). */
const ADDRESSES: ReadonlySet<string> = new Set(
  (
    'virt_to_phys page_to_phys __pa iommu_iova_to_phys sg_phys dma_map_single dma_map_page ' +
    'dma_map_resource dma_map_single_attrs dma_map_page_attrs PFN_PHYS slow_virt_to_phys'
  ).split(' '),
);

/** `u32 pa = virt_to_phys(table);`, `unsigned long paddr = page_to_phys(page);` */
function narrowAddresses(body: Body): OddityFact[] {
  return assignmentsIn(body).flatMap(({ target, value, node, at }) => {
    const name = calledName(value);
    if (name === null || !ADDRESSES.has(name)) return [];
    const type = node.kind === 'assign' ? body.scope.typeOf(node.target) : body.scope.typeOfName(target);
    const width = widthOfType(type);
    if (width !== 'narrow') return [];
    return [oddity('narrow-address', body.spot(at), target, { other: name })];
  });
}
