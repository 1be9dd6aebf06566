/** Everything that a file includes, directly or not, breadth first and as lazily as it is walked. */
import { ALWAYS_INCLUDED } from './include-paths.js';

/** The widest file of the kernel reaches some 2,500 headers. */
const MOST_FILES = 5000;

/** What the walk asks of a tree. */
interface Including {
  includesOf(path: string): readonly string[];
  read(path: string): string | null;
}

/** Walked as far as somebody goes. */
export interface Closure extends Iterable<string> {
  /** Where in the order each file stands, once all of it was walked; null before. */
  places(): ReadonlyMap<string, number> | null;
}

/**
 * `from` first, then its includes in order, then theirs; each file once, so
 * headers that include each other end the walk. What the build includes
 * everywhere comes after the file's own includes: few look for it.
 */
export function closureOf(tree: Including, from: string): Closure {
  const order = [from];
  const seen = new Set(order);
  let expanded = 0;
  const add = (path: string): void => {
    if (seen.has(path) || order.length >= MOST_FILES) return;
    seen.add(path);
    order.push(path);
  };
  const expand = (): void => {
    const path = order[expanded++]!;
    for (const included of tree.includesOf(path)) add(included);
    if (path === from) for (const always of ALWAYS_INCLUDED) if (tree.read(always) !== null) add(always);
  };
  const isWhole = (): boolean => expanded >= order.length;
  let places: Map<string, number> | null = null;
  return {
    places(): ReadonlyMap<string, number> | null {
      if (!isWhole()) return null;
      places ??= new Map(order.map((path, at) => [path, at]));
      return places;
    },
    *[Symbol.iterator]() {
      for (let at = 0; ; at++) {
        while (at >= order.length && expanded < order.length) expand();
        if (at >= order.length) return;
        yield order[at]!;
      }
    },
  };
}
