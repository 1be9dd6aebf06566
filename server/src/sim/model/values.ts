/**
 * What a register or a cell of the simulated kernel holds: integers, pointers
 * that know their object exactly, functions, error pointers, and unknowns that
 * carry what a run has learned about them. Knows no C.
 */
import type { MemoryObject, Region, Site } from './memory.js';

export type Value = bigint | Pointer | FunctionValue | ErrorValue | Unknown | Undefined;

/** Half of what a region has room for: a wild offset must not come out in another one. */
const FARTHEST = 2 ** 25;

/** A place within an object: bytes from the start of a region, which is the object itself or a part at an unknown index. */
export class Pointer {
  readonly offset: number;

  constructor(
    readonly object: MemoryObject,
    readonly region: Region,
    offset: number,
    /** The member it was made with, for people; '' when none. */
    readonly member: string,
  ) {
    this.offset = Math.max(-FARTHEST, Math.min(FARTHEST - 64, offset));
  }

  /** The key of the cell it points to, unique within the object. */
  get key(): number {
    return this.region.key + this.offset;
  }

  moved(bytes: number, member = this.member): Pointer {
    return new Pointer(this.object, this.region, this.offset + bytes, member);
  }
}

/** A function whose address was taken. `from`: the path of the file that named it, since static names collide. */
export class FunctionValue {
  constructor(
    readonly name: string,
    readonly from: string,
  ) {}
}

/** An errno in a pointer: what ERR_PTR() makes, or, tagged differently, what an xarray gives. */
export class ErrorValue {
  constructor(
    /** Negative. Null when it is only known to be an error. */
    readonly errno: bigint | null,
    readonly isXa: boolean,
    readonly cause: Cause | null,
  ) {}
}

/** Memory that nobody has written yet. */
export class Undefined {
  constructor(
    readonly words: string,
    /** The local that it is, where nothing but its own function's code can write that. */
    readonly local: { readonly frame: number; readonly index: number } | null = null,
    /** The memory that it was read from. */
    readonly object: MemoryObject | null = null,
  ) {}
}

/** Why a value is what it is: the decision of this run that made it so. */
export interface Cause {
  readonly kind: 'fault' | 'tested' | 'environment';
  /** Number of the frame in which it was decided. */
  readonly frame: number;
  /** Where the function that was entered first was then. */
  readonly outer: Site;
  /** Index of the choice on the tape. */
  readonly choice: number;
  readonly words: string;
  /** Whether a callee came to it on a branch that its caller may know it does not take. */
  readonly isGuess?: boolean;
}

/** How an unknown was computed from others; two equal terms are one unknown. */
export interface Term {
  readonly operation: string;
  readonly operands: readonly Value[];
  /** Width in bits and sign of the operands where the operation depends on it. */
  readonly bits: number;
  readonly isSigned: boolean;
}

/** `apart`: the two differ; `below`: this one and the gap make no more than the other; `above`: the other way round. */
export interface Relation {
  readonly kind: 'apart' | 'below' | 'above';
  readonly other: Value;
  readonly gap: bigint;
}

/** What an unknown may be, when nothing else is said: a pointer is never an error unless a callee said so. */
export type Sort = 'integer' | 'pointer' | 'result';

/** A value that is not known. What a run learns about it is written into it; runs share no values. */
export class Unknown {
  bound: Value | null = null;
  /** Values that it was found not to have. */
  excluded: Set<bigint> | null = null;
  /** How it stands to other unknowns. */
  relations: Relation[] | null = null;
  /** Whether it may be an error pointer: null until somebody asks. */
  isError: boolean | null = null;
  cause: Cause | null = null;

  constructor(
    readonly id: number,
    readonly sort: Sort,
    /** Inclusive bounds. */
    public low: bigint,
    public high: bigint,
    /** What it is, in words or source text, for assumptions. */
    readonly words: string,
    readonly term: Term | null = null,
    /** What a pointer points to, as far as the code's types tell. */
    public pointee = '',
  ) {}
}

/** Follows what unknowns turned out to be. */
export function resolve(value: Value): Value {
  let known = value;
  while (known instanceof Unknown && known.bound !== null) known = known.bound;
  return known;
}

/** The decision behind a value, if one made it what it is. */
export function causeOf(value: Value): Cause | null {
  let known: Value | null = value;
  while (known instanceof Unknown) {
    if (known.cause) return known.cause;
    known = known.bound;
  }
  return known instanceof ErrorValue ? known.cause : null;
}

export function isSamePlace(a: Pointer, b: Pointer): boolean {
  return a.object === b.object && a.key === b.key;
}

/** What a place is called: `domain->ops`. */
export function placeWords({ object, member }: Pick<Pointer, 'object' | 'member'>): string {
  return member === '' ? object.words : `${object.words}->${member}`;
}

/** The same in a message. */
export function placeName(place: Pick<Pointer, 'object' | 'member'>): string {
  return `\`${placeWords(place)}\``;
}

/** A text that is equal exactly for equal values of one run. */
export function identity(value: Value): string {
  const known = resolve(value);
  if (typeof known === 'bigint') return `n${known}`;
  if (known instanceof Pointer) {
    const { origin } = known.object;
    return origin !== 0 && known.key === 0 ? `u${origin}` : `p${known.object.id}.${known.key}`;
  }
  if (known instanceof Unknown) return `u${known.id}`;
  if (known instanceof FunctionValue) return `f${known.name}@${known.from}`;
  if (known instanceof ErrorValue) return `e${known.errno}${known.isXa ? 'x' : ''}`;
  return 'undefined';
}
