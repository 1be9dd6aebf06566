/**
 * Finds where a hunk belongs in a file: at the line its header says, else at
 * the nearest place where its lines stand, else with up to two lines of
 * context left out at either end. The order in which places are tried is that
 * of `patch`.
 */
import type { Hunk } from '../patch/index.js';
import { belongsAt } from './hunk-place.js';

/** How many lines of context at either end of a hunk may differ. */
export const MAX_FUZZ = 2;

/** Where a hunk applies. */
export interface Found {
  /** Index of the line of the file that the hunk's first line stands for. */
  readonly at: number;
  /** Lines between the place that the header names and `at`. */
  readonly offset: number;
  readonly fuzz: number;
  /** Context lines at the start and end that the fuzz leaves out. */
  readonly skip: number;
  readonly skipEnd: number;
  /** Lines of the pre-image. */
  readonly length: number;
}

/** The lines of one file, with an index by text that is made when a hunk is not where it says. */
export class FileLines {
  private index: Map<string, number[]> | null = null;

  constructor(readonly lines: readonly string[]) {}

  /** Where `hunk` applies, not before line `from`; `drift` is the offset of the hunk before it. */
  locate(hunk: Hunk, from: number, drift: number): Found | null {
    const pre = hunk.lines.filter((line) => line.kind !== 'added').map((line) => line.text);
    const leading = contextLength(hunk.lines);
    const trailing = contextLength([...hunk.lines].reverse());
    const context = Math.max(leading, trailing);
    const said = Math.max(0, hunk.oldStart - (pre.length === 0 ? 0 : 1));
    for (let fuzz = 0; fuzz <= Math.min(MAX_FUZZ, context); fuzz++) {
      const skip = fuzz + leading - context;
      const skipEnd = fuzz + trailing - context;
      const window: Window = {
        hunk,
        fuzz,
        core: pre.slice(Math.max(0, skip), pre.length - Math.max(0, skipEnd)),
        skip: Math.max(0, skip),
        from,
        // Less context on one side than on the other means that the file begins or ends there.
        atStart: skip < 0,
        atEnd: skipEnd < 0,
      };
      // With nothing left to compare, the hunk would fit everywhere.
      if (fuzz > 0 && window.core.length === 0) break;
      const at = this.find(window, said + drift);
      if (at !== null) {
        const length = pre.length;
        return { at, offset: at - said, fuzz, skip: window.skip, skipEnd: Math.max(0, skipEnd), length };
      }
    }
    return null;
  }

  private find(window: Window, wanted: number): number | null {
    const { core, skip, hunk, fuzz } = window;
    if (this.fits(window, wanted) && (fuzz === 0 || belongsAt(this.lines, hunk, wanted, fuzz))) return wanted;
    if (core.length === 0) return null;
    const { offset, places } = this.rarest(core);
    for (const place of outwards(places, wanted + offset + skip)) {
      const at = place - offset - skip;
      if (this.fits(window, at) && belongsAt(this.lines, hunk, at, fuzz)) return at;
    }
    return null;
  }

  private fits({ core, skip, from, atStart, atEnd }: Window, at: number): boolean {
    const { lines } = this;
    const start = at + skip;
    if (at < 0 || start < from || start + core.length > lines.length) return false;
    if (atStart && start > 0) return false;
    if (atEnd && start + core.length < lines.length) return false;
    for (let index = 0; index < core.length; index++) if (core[index] !== lines[start + index]) return false;
    return true;
  }

  /** The line of `core` that the file has fewest of: only where that one stands can the others match. */
  private rarest(core: readonly string[]): { offset: number; places: readonly number[] } {
    this.index ??= placesByText(this.lines);
    let best: { offset: number; places: readonly number[] } | null = null;
    for (const [offset, text] of core.entries()) {
      const places = this.index.get(text) ?? [];
      if (!best || places.length < best.places.length) best = { offset, places };
    }
    return best ?? { offset: 0, places: [] };
  }
}

interface Window {
  readonly hunk: Hunk;
  readonly fuzz: number;
  readonly core: readonly string[];
  readonly skip: number;
  readonly from: number;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

function contextLength(lines: Hunk['lines']): number {
  const first = lines.findIndex((line) => line.kind !== 'context');
  return first < 0 ? lines.length : first;
}

function placesByText(lines: readonly string[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [place, text] of lines.entries()) {
    const places = index.get(text);
    if (places) places.push(place);
    else index.set(text, [place]);
  }
  return index;
}

/** The places by their distance to `from`, of two that are as far off the later one first. */
function* outwards(places: readonly number[], from: number): Generator<number> {
  let after = 0;
  for (let high = places.length; after < high; ) {
    const middle = (after + high) >> 1;
    if (places[middle]! < from) after = middle + 1;
    else high = middle;
  }
  for (let before = after - 1; before >= 0 || after < places.length; ) {
    const below = before >= 0 ? from - places[before]! : Number.POSITIVE_INFINITY;
    const above = after < places.length ? places[after]! - from : Number.POSITIVE_INFINITY;
    yield above <= below ? places[after++]! : places[before--]!;
  }
}
