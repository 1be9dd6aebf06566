/** How wide the integer types are that drivers keep numbers in, and what is put into variables and results of them. */
import type { AnyNode, Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import type { ShortType } from '../scope.js';

const named = (bits: number, names: string): readonly (readonly [string, number])[] =>
  names.split(', ').map((name) => [name, bits]);

const BITS: ReadonlyMap<string, number> = new Map([
  ...named(8, 'u8, __u8, uint8_t, unsigned char'),
  ...named(16, 'u16, __u16, uint16_t, unsigned short'),
  ...named(32, 'u32, __u32, uint32_t, unsigned, unsigned int, int, s32, __s32'),
  ...named(
    64,
    'u64, __u64, uint64_t, s64, __s64, __le64, dma_addr_t, phys_addr_t, resource_size_t, pteval_t',
  ),
  ...named(64, 'long long, unsigned long long'),
]);

/** As wide as a pointer: 64 bits where IOMMUs matter most, and 32 elsewhere. */
const LONG = /^(?:unsigned long(?: int)?|long|size_t|ssize_t|pgoff_t|uintptr_t)$/;
const UNSIGNED_32 = /^(?:__)?u32$|^uint32_t$|^unsigned(?: int)?$/;

/** The width of an integer type that is the same on every machine; null for others. */
export function bitsOf({ base, pointers }: ShortType): number | null {
  return pointers === 0 ? (BITS.get(base) ?? null) : null;
}

export function isLong({ base, pointers }: ShortType): boolean {
  return pointers === 0 && LONG.test(base);
}

/** Without a sign a value of 32 bits is filled up with zeros where it is made wider. */
export function isUnsigned32({ base, pointers }: ShortType): boolean {
  return pointers === 0 && UNSIGNED_32.test(base);
}

/** A value with the place that it is put into. */
export interface Put {
  readonly value: Expression;
  readonly type: ShortType;
  /** The variable or member as it is written, or `the result of f()`. */
  readonly into: string;
  readonly at: { readonly start: number; readonly end: number };
}

export function putsIn(body: Body): readonly Put[] {
  return body.kept(putsIn, () => body.reading.nodes.flatMap((node) => putsOf(body, node)));
}

/** Names that the body declares more than once: of these nobody knows here which is meant. */
function hiddenIn(body: Body): ReadonlySet<string> {
  return body.kept(hiddenIn, () => {
    const seen = new Set<string>();
    const names = body.reading.nodes.flatMap((node) =>
      node.kind === 'declaration' ? node.declarators.map(({ name }) => name) : [],
    );
    return new Set(names.filter((name) => seen.size === seen.add(name).size));
  });
}

function putsOf(body: Body, node: AnyNode): Put[] {
  if (node.kind === 'assign' && /^[|&+-]?=$/.test(node.operator)) {
    const { target, value } = node;
    if (target.kind === 'name' && hiddenIn(body).has(target.name)) return [];
    return [{ value, type: body.scope.typeOf(target), into: body.values.plain(target), at: node }];
  }
  if (node.kind === 'return' && node.value) {
    const { returns, name } = body.fn.item;
    return [{ value: node.value, type: returns, into: `the result of ${name}()`, at: node }];
  }
  if (node.kind !== 'declaration') return [];
  return node.declarators.flatMap((each) =>
    each.initial && !each.type.isArray
      ? [{ value: each.initial, type: each.type, into: each.name, at: each }]
      : [],
  );
}
