/**
 * Places the members of structs and unions as gcc does on x86-64: natural
 * alignment, bitfields packed into units of their declared type, `packed` and
 * `aligned` where they are written.
 */
import type { Layout, Member, Type } from './types.js';

/** A member before it has a place. */
export interface Unplaced {
  readonly name: string;
  readonly type: Type;
  /** The width of a bitfield, -1 for other members. */
  readonly bits: number;
  /** An alignment asked for, 0 when none was. */
  readonly aligned: number;
}

interface Dress {
  readonly isUnion: boolean;
  readonly isPacked: boolean;
  readonly aligned: number;
}

/** Places the members in order; after one of unknown size all offsets are unknown. */
export function layOut(members: readonly Unplaced[], dress: Dress): Layout {
  const placer = new Placer(dress);
  const placed = members.flatMap((member) => placer.place(member));
  return { members: placed, ...placer.finish() };
}

function roundUp(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

class Placer {
  private bit = 0;
  private largest = 0;
  private align = 1;
  private isKnown = true;

  constructor(private readonly dress: Dress) {}

  place(member: Unplaced): Member[] {
    if (this.dress.isUnion) this.bit = 0;
    const placed = member.bits >= 0 ? this.bitfield(member) : [this.whole(member)];
    this.largest = Math.max(this.largest, this.bit);
    return placed;
  }

  finish(): { size: number; align: number } {
    const align = Math.max(this.align, this.dress.aligned);
    return { size: this.isKnown ? roundUp(Math.ceil(this.largest / 8), align) : -1, align };
  }

  private whole({ name, type, aligned }: Unplaced): Member {
    const align = Math.max(this.dress.isPacked ? 1 : type.align, aligned);
    this.align = Math.max(this.align, align);
    const isFlexible = type.kind === 'array' && type.length < 0 && type.element.size >= 0;
    const isUnseen = type.size < 0 && !isFlexible;
    // Of something unseen not even the alignment is known; only at the very start that does not matter.
    const isPlaced = this.dress.isUnion || (this.isKnown && (!isUnseen || this.bit === 0));
    const offset = isPlaced ? roundUp(Math.ceil(this.bit / 8), align) : -1;
    if (isUnseen) this.isKnown = false;
    else if (this.isKnown) this.bit = (offset + Math.max(0, type.size)) * 8;
    return { name, type, offset, bits: null };
  }

  private bitfield({ name, type, bits, aligned }: Unplaced): Member[] {
    const unit = type.size * 8;
    if (unit <= 0) {
      this.isKnown = false;
      return name === '' ? [] : [{ name, type, offset: -1, bits: { offset: 0, width: bits } }];
    }
    if (aligned > 0) this.bit = roundUp(this.bit, aligned * 8);
    if (bits === 0) {
      this.bit = roundUp(this.bit, unit);
      return [];
    }
    const { isPacked } = this.dress;
    if (!isPacked && Math.floor(this.bit / unit) !== Math.floor((this.bit + bits - 1) / unit))
      this.bit = roundUp(this.bit, unit);
    // A padding bitfield without a name does not raise the alignment of the struct.
    if (name !== '') this.align = Math.max(this.align, isPacked ? 1 : type.align, aligned);
    const first = this.bit;
    this.bit += bits;
    if (name === '') return [];
    const inUnit = Math.floor(first / unit) === Math.floor((first + bits - 1) / unit);
    const base = inUnit && !isPacked ? Math.floor(first / unit) * type.size : first >> 3;
    const offset = this.isKnown ? base : -1;
    return [{ name, type, offset, bits: { offset: first - base * 8, width: bits } }];
  }
}
