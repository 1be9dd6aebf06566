/** C types as a compiler for x86-64 Linux (LP64) sees them. How they are found by name: type-table.ts. */
import type { StructItem } from '../syntax/index.js';
import { integerKind, SCALAR_NAMES, Scalar, widthOf } from './scalars.js';

export type Type = BasicType | PointerType | ArrayType | RecordType | FunctionType;

interface Common {
  /** One word per derivation, after what it is made of: `struct device**`, `u8[16]`. */
  readonly spelling: string;
  /** In bytes; -1 when not known. */
  readonly size: number;
  readonly align: number;
  /** How a register holds it. */
  readonly scalar: Scalar;
}

/** `void`, an integer, an enum, or a type of which only the name is known. */
export interface BasicType extends Common {
  readonly kind: 'void' | 'integer' | 'unknown';
}

export interface PointerType extends Common {
  readonly kind: 'pointer';
  readonly target: Type;
}

export interface ArrayType extends Common {
  readonly kind: 'array';
  readonly element: Type;
  /** -1 for `[]` and for lengths that could not be evaluated. */
  readonly length: number;
}

export interface FunctionType extends Common {
  readonly kind: 'function';
  readonly returns: Type;
  readonly parameters: readonly Type[];
  readonly isVariadic: boolean;
}

/** A direct member of a record. */
export interface Member {
  /** '' for an anonymous struct or union. */
  readonly name: string;
  readonly type: Type;
  /** Of the storage unit for a bitfield; -1 when something before it has no known size. */
  readonly offset: number;
  readonly bits: { readonly offset: number; readonly width: number } | null;
}

/** A struct or union; its layout is worked out when first asked for. */
export class RecordType implements Common {
  readonly kind = 'record';
  readonly scalar = Scalar.Record;
  private known: Layout | null = null;

  constructor(
    readonly spelling: string,
    readonly isUnion: boolean,
    /** Null for a record of which only the name is known. */
    readonly item: StructItem | null,
    private readonly lay: (item: StructItem) => Layout,
  ) {}

  private get layout(): Layout {
    if (!this.known) {
      // A record that contains itself cannot be laid out; it must not be asked for without end either.
      this.known = { members: [], size: -1, align: 1 };
      if (this.item) this.known = this.lay(this.item);
    }
    return this.known;
  }

  get size(): number {
    return this.layout.size;
  }

  get align(): number {
    return this.layout.align;
  }

  get members(): readonly Member[] {
    return this.layout.members;
  }

  /** The member of that name, also within anonymous members; its offset is from the start of this record. */
  find(name: string): Member | null {
    for (const member of this.members) {
      if (member.name === name && name !== '') return member;
      if (member.name !== '' || member.type.kind !== 'record') continue;
      const inner = member.type.find(name);
      if (!inner) continue;
      const isKnown = inner.offset >= 0 && member.offset >= 0;
      return { ...inner, offset: isKnown ? inner.offset + member.offset : -1 };
    }
    return null;
  }
}

export interface Layout {
  readonly members: readonly Member[];
  readonly size: number;
  readonly align: number;
}

const basic = (kind: BasicType['kind'], spelling: string, scalar: Scalar, size: number): BasicType => ({
  kind,
  spelling,
  scalar,
  size,
  align: Math.max(1, size),
});

export const VOID = basic('void', 'void', Scalar.Void, 1);
export const UNKNOWN = basic('unknown', 'unknown', Scalar.Unknown, -1);

const INTEGERS: readonly BasicType[] = SCALAR_NAMES.map((name, kind) =>
  basic('integer', name, kind, widthOf(kind) / 8),
);

/** The integer type of that kind. */
export function integerType(kind: Scalar): BasicType {
  return kind === Scalar.Unknown ? UNKNOWN : INTEGERS[kind]!;
}

export const INT = integerType(Scalar.I32);
export const CHAR = integerType(Scalar.I8);
export const LONG = integerType(Scalar.I64);
export const SIZE = integerType(Scalar.U64);

const pointers = new WeakMap<Type, PointerType>();

/** The pointer to that type; the same object each time. */
export function pointerTo(target: Type): PointerType {
  let type = pointers.get(target);
  if (!type) {
    type = {
      kind: 'pointer',
      target,
      spelling: `${target.spelling}*`,
      size: 8,
      align: 8,
      scalar: Scalar.Pointer,
    };
    pointers.set(target, type);
  }
  return type;
}

export function arrayOf(element: Type, length: number): ArrayType {
  const size = length < 0 || element.size < 0 ? -1 : element.size * length;
  return {
    kind: 'array',
    element,
    length,
    spelling: `${element.spelling}[${length < 0 ? '' : length}]`,
    size,
    align: element.align,
    scalar: Scalar.Record,
  };
}

export function functionOf(returns: Type, parameters: readonly Type[], isVariadic: boolean): FunctionType {
  const list = [...parameters.map((each) => each.spelling), ...(isVariadic ? ['...'] : [])].join(',');
  return {
    kind: 'function',
    returns,
    parameters,
    isVariadic,
    spelling: `${returns.spelling}(${list})`,
    size: 1,
    align: 1,
    scalar: Scalar.Pointer,
  };
}

/** What a value of the type becomes in an expression: arrays and functions turn into pointers. */
export function decayed(type: Type): Type {
  if (type.kind === 'array') return pointerTo(type.element);
  return type.kind === 'function' ? pointerTo(type) : type;
}

/** The type behind a pointer or array; unknown for anything else. */
export function targetOf(type: Type): Type {
  if (type.kind === 'pointer') return type.target;
  return type.kind === 'array' ? type.element : UNKNOWN;
}

/** An unknown type that keeps the name by which the code calls it. */
export function unknownNamed(name: string): BasicType {
  return basic('unknown', name, Scalar.Unknown, -1);
}

/** The integer that holds an enum whose constants lie between these. */
export function enumKind(low: bigint, high: bigint): Scalar {
  if (low < 0n) return low >= -(1n << 31n) && high < 1n << 31n ? Scalar.I32 : Scalar.I64;
  return high < 1n << 32n ? integerKind(32, false) : integerKind(64, false);
}
