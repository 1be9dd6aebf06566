/**
 * Objects of the simulated kernel and their cells. A cell is a scalar at an
 * offset; unions overlay because offsets do. What an object has no cell for is
 * zero, undefined or unknown, as it was made; unknown cells come into being
 * when they are first read (under-constrained execution).
 */
import { never } from '../../base/index.js';
import type { Value } from './values.js';

/** What the bytes of an object are that nobody has written; `numberless`: numbers are zero, what pointers lead to is not known. */
export type Fill = 'zero' | 'undefined' | 'unknown' | 'numberless';

/** Who ends an object's life. `given`: made lazily, it was there before the code ran. */
export type Lifetime = 'heap' | 'slab' | 'page' | 'static' | 'stack' | 'managed' | 'given';

/** Where something happened: a function, and offsets in the text of its file. */
export interface Site {
  readonly path: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A part of an object at an index that is not known, or by a name whose offset is not known. */
export interface Region {
  readonly key: number;
  readonly parent: Region | null;
  /** Offset of the step within the parent. */
  readonly at: number;
  /** What was stepped by. */
  readonly step: string;
}

/** Far more than any struct is long, so that keys of regions never meet. */
const REGION_SPACE = 2 ** 26;
const MOST_REGIONS = 2 ** 25;
/** Bytes of the widest scalar. */
const WIDEST = 8;
export const WHOLE: Region = { key: 0, parent: null, at: 0, step: '' };

export interface Cell {
  value: Value | null;
  /** In bytes. */
  readonly width: number;
  readonly key: number;
  member: string;
}

interface FillRange {
  readonly start: number;
  readonly end: number;
  readonly fill: Fill;
}

export class MemoryObject {
  state: 'live' | 'freed' | 'dying' = 'live';
  fill: Fill;
  private ranges: FillRange[] = [];
  readonly cells = new Map<number, Cell>();
  /** The unknown pointer that it was made for, 0 for none: what was computed from that still holds. */
  origin = 0;
  /** Whether other tasks can reach it. */
  isShared = false;
  /** Whether code that is not at hand was given it. */
  hasEscaped = false;
  /** The function that was given it, where nothing else tells where it may be by now. */
  handedTo: string | null = null;
  freedAt: Site | null = null;
  /** A record's spelling, once somebody used it as one. */
  type: string;
  private readonly regions = new Map<string, Region>();
  /** The same, by how many times the space of one their key is. */
  private readonly bands = new Map<number, Region>();

  constructor(
    readonly id: number,
    type: string,
    /** Who frees it. */
    public lifetime: Lifetime,
    /** In bytes, -1 when not known. */
    readonly size: number,
    fill: Fill,
    readonly madeAt: Site | null,
    /** What it is for people: `master->smmu`, `kzalloc()`. */
    readonly words: string,
  ) {
    this.type = type;
    this.fill = fill;
  }

  /** The part that a step leads to; asked again, it is the same. Its key must not tell which task asked first. */
  region(parent: Region, at: number, step: string): Region {
    const name = `${parent.key}.${at}.${step}`;
    let region = this.regions.get(name);
    if (!region) {
      let band = 1 + (hashOf(name) % MOST_REGIONS);
      while (this.bands.has(band)) band++;
      region = { key: band * REGION_SPACE, parent, at, step };
      this.regions.set(name, region);
      this.bands.set(band, region);
    }
    return region;
  }

  /** Whether something may have been written at a place within that is not known. */
  get hasOpenParts(): boolean {
    for (const { step } of this.regions.values()) if (!step.startsWith('bits ')) return true;
    return false;
  }

  fillAt(key: number): Fill {
    const place = this.anchorOf(key);
    for (const { start, end, fill } of this.ranges) if (place >= start && place < end) return fill;
    return this.fill;
  }

  /** Where in the object itself a part lies, as far as that is known. */
  private anchorOf(key: number): number {
    const region = this.bands.get(Math.round(key / REGION_SPACE));
    if (!region?.parent || isAround(region)) return key;
    return this.anchorOf(region.parent.key + region.at);
  }

  /** The cell there, exactly that wide; `mixed` when other cells lie there. */
  at(key: number, width: number): Cell | 'mixed' | null {
    const cell = this.cells.get(key);
    if (cell) return cell.width === width ? cell : 'mixed';
    return this.overlapping(key, width).length > 0 ? 'mixed' : null;
  }

  /** The cells that have a byte in the range. */
  overlapping(key: number, width: number): Cell[] {
    if (this.cells.size === 0) return [];
    const found: Cell[] = [];
    for (let at = key - WIDEST + 1; at < key + width; at++) {
      const cell = this.cells.get(at);
      if (cell && at + cell.width > key) found.push(cell);
    }
    return found;
  }

  put(key: number, width: number, value: Value, member: string): void {
    if (this.regions.size > 0) this.forgetParts(key, width, (step) => step.startsWith('bits '));
    const known = this.cells.get(key);
    if (known && known.width === width) {
      known.value = value;
      if (member !== '') known.member = member;
      return;
    }
    this.clear(key, width);
    this.cells.set(key, { key, width, value, member });
  }

  /** Cuts a range out of the cells; of those that reach beyond it the rest is kept byte by byte. */
  clear(key: number, width: number): void {
    const overlapping = width > 64 ? this.within(key, key + width) : this.overlapping(key, width);
    for (const cell of overlapping) {
      this.cells.delete(cell.key);
      for (let at = cell.key; at < cell.key + cell.width; at++) {
        if (at >= key && at < key + width) continue;
        this.cells.set(at, { key: at, width: 1, value: byteOf(cell, at - cell.key), member: cell.member });
      }
    }
  }

  private within(start: number, end: number): Cell[] {
    return [...this.cells.values()].filter((cell) => cell.key + cell.width > start && cell.key < end);
  }

  /** Forgets a range: it reads as `fill` from now on. A negative width is all of the object. */
  refill(key: number, width: number, fill: Fill): void {
    if (width < 0) {
      this.cells.clear();
      this.ranges = [];
      this.fill = fill;
      return;
    }
    this.clear(key, width);
    this.forgetParts(key, width, () => true);
    this.fillRange({ start: key, end: key + width, fill });
  }

  /** What lies at unknown places within a range, or in bits of its units, goes with the range. */
  private forgetParts(key: number, width: number, which: (step: string) => boolean): void {
    for (const region of this.partsOf(key, width)) {
      if (!which(region.step)) continue;
      for (const { key: inner } of this.cellsIn(region)) this.cells.delete(inner);
      this.forgetParts(region.key - REGION_SPACE / 2, REGION_SPACE, () => true);
    }
  }

  private partsOf(key: number, width: number): Region[] {
    return [...this.regions.values()].filter((region) => {
      const at = (region.parent?.key ?? 0) + region.at;
      return at >= key && at < key + width && !isAround(region);
    });
  }

  /** The region that a key lies in. */
  private regionAt(key: number): Region {
    return this.bands.get(Math.round(key / REGION_SPACE)) ?? WHOLE;
  }

  /** Ranges never overlap: a copy in a loop would double them. */
  private fillRange(range: FillRange): void {
    this.ranges = this.ranges.flatMap((each) => without(each, range));
    this.ranges.push(range);
  }

  /** What lies in a range that no single cell covers, when every byte of it is known; null otherwise. */
  assemble(key: number, width: number): bigint | null {
    let value = 0n;
    for (let at = width - 1; at >= 0; at--) {
      const byte = this.byteAt(key + at);
      if (byte === null) return null;
      value = (value << 8n) | byte;
    }
    return value;
  }

  private byteAt(key: number): bigint | null {
    const [cell] = this.overlapping(key, 1);
    if (!cell) return this.fillAt(key) === 'zero' ? 0n : null;
    const byte = byteOf(cell, key - cell.key);
    return typeof byte === 'bigint' ? byte : null;
  }

  /** Copies a range, cell by cell, with what was never written. */
  copyFrom(source: MemoryObject, from: number, to: number, width: number): void {
    const cells = source.within(from, from + width).map((cell) => ({ ...cell }));
    const parts = source.partsOf(from, width).map((region) => ({ region, cells: source.cellsIn(region) }));
    const fills = source.ranges.filter(({ start, end }) => end > from && start < from + width);
    this.refill(to, width, source.fill);
    for (const { start, end, fill } of fills) {
      const [low, high] = [Math.max(start, from), Math.min(end, from + width)];
      this.fillRange({ start: low - from + to, end: high - from + to, fill });
    }
    for (const cell of cells) {
      const whole = cell.key >= from && cell.key + cell.width <= from + width;
      if (whole) this.put(cell.key - from + to, cell.width, cell.value!, cell.member);
      else
        for (let at = Math.max(cell.key, from); at < Math.min(cell.key + cell.width, from + width); at++)
          this.cells.set(at - from + to, {
            key: at - from + to,
            width: 1,
            value: byteOf(cell, at - cell.key),
            member: cell.member,
          });
    }
    for (const { region, cells: inner } of parts) {
      const parent = this.regionAt(to);
      const copy = this.region(parent, region.parent!.key + region.at - from + to - parent.key, region.step);
      for (const { key, width: wide, value, member } of inner)
        this.cells.set(key - region.key + copy.key, {
          key: key - region.key + copy.key,
          width: wide,
          value,
          member,
        });
    }
  }

  /** Copies of what lies in a part. */
  private cellsIn({ key }: Region): Cell[] {
    return this.within(key - REGION_SPACE / 2, key + REGION_SPACE / 2).map((cell) => ({ ...cell }));
  }
}

/** What holds a node lies around it, not within. */
function isAround({ step }: Region): boolean {
  return step.startsWith('container ');
}

/** What is left of a range when another is cut out of it. */
function without({ start, end, fill }: FillRange, hole: FillRange): FillRange[] {
  if (hole.end <= start || hole.start >= end) return [{ start, end, fill }];
  const parts = [
    { start, end: hole.start, fill },
    { start: hole.end, end, fill },
  ];
  return parts.filter((part) => part.start < part.end);
}

/** One byte of a cell, little-endian; null when the cell's value is not a number. */
function byteOf(cell: Cell, index: number): bigint | null {
  return typeof cell.value === 'bigint' ? (cell.value >> BigInt(8 * index)) & 255n : null;
}

/** How many numbers each owner has. */
const OWNERS_SPACE = 1_000_000;

/** Objects of one run, numbered alike in every run that makes them in the same order. */
export class Heap {
  readonly objects: MemoryObject[] = [];
  private readonly numbers = new Map<number, number>();
  /** Of what belongs to no task. */
  private readonly taken = new Set<number>();

  /** `owner`: the task that makes it. Numbers do not depend on what other tasks did meanwhile. */
  make(
    owner: number,
    parts: Pick<MemoryObject, 'type' | 'lifetime' | 'size' | 'fill' | 'madeAt' | 'words'>,
  ): MemoryObject {
    const { type, lifetime, size, fill, madeAt, words } = parts;
    const id = owner === 0 ? this.numberFor(`${type} ${words}`) : this.number(owner);
    const object = new MemoryObject(id, type, lifetime, size, fill, madeAt, words);
    this.objects.push(object);
    return object;
  }

  /** Variables come into being when somebody first names them: their number must not tell who that was. */
  private numberFor(name: string): number {
    if (this.taken.size >= OWNERS_SPACE) never('a run made a million variables');
    let number = hashOf(name) % OWNERS_SPACE;
    while (this.taken.has(number)) number = (number + 1) % OWNERS_SPACE;
    this.taken.add(number);
    return number;
  }

  /** The next number of a task's own. */
  number(owner: number): number {
    const next = (this.numbers.get(owner) ?? 0) + 1;
    if (next >= OWNERS_SPACE) never('a run made a million values in one task');
    this.numbers.set(owner, next);
    return owner * OWNERS_SPACE + next;
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
