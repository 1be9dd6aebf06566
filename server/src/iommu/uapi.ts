/** Structs that user space sees: where they have holes, and which of their members have another size for a 32-bit program. */
import type { Span } from '../base/index.js';
import type { CType, Field, StructItem } from '../syntax/index.js';
import type { UapiMemberFact, UapiStructFact } from './facts.js';
import type { Program, Spot, Unit } from './program.js';
import { isTakenOut } from './references.js';

/** Sizes of the types that uapi headers are made of, in bytes; alignment is the same. include/uapi/linux/types.h. */
const SIZES: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, '__u8 __s8 char'],
      [2, '__u16 __s16 __le16 __be16'],
      [4, '__u32 __s32 __le32 __be32 int'],
      [8, '__u64 __s64 __aligned_u64 __aligned_s64 __le64 __be64 __aligned_le64 __aligned_be64'],
    ] as const
  ).flatMap(([size, names]) => names.split(' ').map((name): [string, number] => [name, size])),
);

/** Types that are no business of user space, in words. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^(?:unsigned )?long(?: int)?$|^unsigned long$|^(?:__kernel_)?(?:size_t|ssize_t|uintptr_t)$/, 'differs'],
  [/^(?:bool|_Bool)$/, 'is bool'],
  [/^enum /, 'is enum'],
  [/^(?:u|s)(?:8|16|32|64)$|^(?:dma_addr_t|phys_addr_t|ioasid_t)$/, 'is private'],
];

/** Macros that no header of user space has. include/linux/bits.h, bitfield.h; there it is _BITUL() of linux/const.h, or a shift. */
const KERNEL_MACROS = /\b(BIT|BIT_ULL|GENMASK|GENMASK_ULL|FIELD_PREP|ARRAY_SIZE|SZ_\d+[KMG])\b/;

/** Names of headers for user space that are defined with a macro of the kernel, which programs do not have. */
export function kernelMacrosInUapi({ units }: Program): { name: string; macro: string; spot: Spot }[] {
  return units
    .filter(({ image, isReviewed }) => isReviewed && /(?:^|\/)include\/uapi\//.test(image.path))
    .flatMap((unit) =>
      unit.c.items.flatMap((item) => {
        const told = (
          name: string,
          at: Span,
          value: Span | null,
        ): { name: string; macro: string; spot: Spot }[] => {
          const macro = value && KERNEL_MACROS.exec(unit.image.text.slice(value.start, value.end))?.[1];
          return macro ? [{ name, macro, spot: { unit, span: { start: at.start, end: at.end } } }] : [];
        };
        if (item.kind === 'macro' && item.name !== '') return told(item.name, item.nameSpan, item.bodySpan);
        return item.kind === 'enum' ? item.members.flatMap((each) => told(each.name, each, each.value)) : [];
      }),
    );
}

interface Layout {
  readonly size: number;
  readonly align: number;
}

const up = (offset: number, align: number): number => Math.ceil(offset / align) * align;

/** The structs that a header for user space defines. */
export function uapiStructs(program: Program): UapiStructFact[] {
  return program.units
    .filter(({ image, isReviewed }) => isReviewed && /(?:^|\/)include\/uapi\//.test(image.path))
    .flatMap((unit) =>
      unit.c.items.flatMap((item) =>
        item.kind === 'struct' && item.name !== '' ? [new Measure(program, unit).fact(item)] : [],
      ),
    );
}

class Measure {
  constructor(
    private readonly program: Program,
    private readonly unit: Unit,
  ) {}

  fact(item: StructItem): UapiStructFact {
    const members: UapiMemberFact[] = [];
    const isWhole = item.missing.length === 0;
    const isPacked = item.attributes.some(({ name }) => /packed|attribute/.test(name));
    let offset: number | null = isWhole && !isPacked ? 0 : null;
    let align = 1;
    for (const field of item.members) {
      const layout: Layout | null = field.bits ? null : this.layoutOf(field.type, 0);
      const place: number | null = offset === null || layout === null ? null : up(offset, layout.align);
      const hole: number = place === null || offset === null ? 0 : place - offset;
      members.push({ ...this.member(field), hole, offset: place });
      offset = place === null || layout === null ? null : place + layout.size;
      align = Math.max(align, layout?.align ?? 1);
    }
    const tail = offset === null ? 0 : up(offset, align) - offset;
    const { unit } = this;
    const isPart = unit.c.items.some(
      (other) =>
        (other.kind === 'struct' || other.kind === 'union') &&
        other.fields.some(({ type }) => type.base === `struct ${item.name}`),
    );
    const wasThere = isTakenOut(unit.image, item.name);
    return { name: item.name, isPart, wasThere, spot: { unit, span: item.nameSpan }, members, tail };
  }

  private member({ name, type, bits, start, end }: Field): Omit<UapiMemberFact, 'hole' | 'offset'> {
    const foreign = FOREIGN.find(([pattern]) => type.pointers === 0 && pattern.test(type.base))?.[1];
    const problem = type.pointers > 0 ? 'is a pointer' : bits ? 'is bits' : (foreign ?? null);
    const wasThere = isTakenOut(this.unit.image, name);
    const isOpen =
      type.definition?.kind === 'union' ||
      type.derivations.some((each) => each.kind === 'array' && each.length === null);
    return {
      name,
      type: type.base,
      problem,
      wasThere,
      isOpen,
      spot: { unit: this.unit, span: { start, end } },
    };
  }

  /** Null where it cannot be told. */
  private layoutOf(type: CType, depth: number): Layout | null {
    const element = this.elementOf(type, depth);
    if (!element || !type.isArray) return element;
    let count = 1;
    for (const each of type.derivations) {
      if (each.kind !== 'array') return null;
      const length: number =
        each.length === null ? 0 : each.length.kind === 'literal' ? Number(each.length.text) : NaN;
      count *= length;
    }
    return Number.isFinite(count) ? { size: element.size * count, align: element.align } : null;
  }

  private elementOf(type: CType, depth: number): Layout | null {
    if (type.pointers > 0 || type.parameters || depth > 4) return null;
    const size = SIZES.get(type.base);
    if (size !== undefined) return { size, align: size };
    if (type.definition && type.definition.kind !== 'enum') return this.ofMembers(type.definition, depth);
    const item = this.program.structNamed(type.base, this.unit)?.definitions[0]?.item;
    return item && item.missing.length === 0 ? this.ofMembers(item, depth) : null;
  }

  private ofMembers(item: StructItem, depth: number): Layout | null {
    let [size, align] = [0, 1];
    for (const field of item.members) {
      const layout = field.bits ? null : this.layoutOf(field.type, depth + 1);
      if (!layout) return null;
      align = Math.max(align, layout.align);
      size = item.kind === 'union' ? Math.max(size, layout.size) : up(size, layout.align) + layout.size;
    }
    return { size: up(size, align), align };
  }
}
