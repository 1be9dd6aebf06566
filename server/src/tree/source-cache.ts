/**
 * What was read out of the files of a tree, kept by path and text. These are
 * results of pure functions, so that nothing but speed shows that somebody
 * else has asked before.
 */
import { CFile } from '../syntax/index.js';
import { type Headlines, headlinesOf } from './headlines.js';
import { type IncludeLine, includeLinesOf } from './include-lines.js';

/** A file before and after a patch are both at hand. */
const TEXTS_PER_PATH = 2;
/** Parsed text, in UTF-16 units, each of which takes some 20 bytes; drivers/iommu with all headers it uses has 5 million. */
const LARGEST = 8 * 1024 * 1024;

/** So often a text is searched for a name before it is skimmed for all of them. */
const SEARCHES = 4;

interface Entry {
  readonly path: string;
  readonly text: string;
  searches: number;
  includes: readonly IncludeLine[] | null;
  headlines: Headlines | null;
  file: CFile | null;
}

const caches = new WeakMap<object, SourceCache>();

/** The cache of the tree that `identity` stands for; it lives as long as that does. */
export function cacheFor(identity: object): SourceCache {
  let cache = caches.get(identity);
  if (!cache) {
    cache = new SourceCache();
    caches.set(identity, cache);
  }
  return cache;
}

export class SourceCache {
  /** Latest parsed last. */
  private readonly entries = new Map<string, Entry[]>();
  private readonly byName = new Map<string, Entry[]>();
  private parsed = 0;
  private dropped = 0;

  /** How much text is held parsed, in UTF-16 units. */
  get parsedText(): number {
    return this.parsed;
  }

  /** How often a text that was skimmed has been forgotten: it may be one that some tree still reads. */
  get forgotten(): number {
    return this.dropped;
  }

  includes(path: string, text: string): readonly IncludeLine[] {
    const entry = this.entry(path, text);
    entry.includes ??= includeLinesOf(text);
    return entry.includes;
  }

  /** What `name` may be in the text, as the bits of `MAY_BE`. */
  headline(path: string, text: string, name: string): number {
    const entry = this.entry(path, text);
    if (!entry.headlines) {
      if (entry.searches < SEARCHES && !text.includes(name)) {
        entry.searches++;
        return 0;
      }
      this.skim(entry);
    }
    return entry.headlines?.get(name) ?? 0;
  }

  private skim(entry: Entry): void {
    entry.headlines = headlinesOf(entry.text);
    for (const name of entry.headlines.names()) {
      const known = this.byName.get(name);
      if (known) known.push(entry);
      else this.byName.set(name, [entry]);
    }
  }

  /** Whether all names of the text are known: then `skimmedWith` tells whether it has one. */
  isSkimmed(path: string, text: string): boolean {
    return this.entry(path, text).headlines !== null;
  }

  /** The texts, of those that were skimmed, that may declare the name. */
  skimmedWith(name: string): readonly Pick<Entry, 'path' | 'text'>[] {
    return this.byName.get(name) ?? [];
  }

  /** Where in the text the items lie that may declare the name; the headline has been asked for. */
  placesOf(path: string, text: string, name: string): readonly number[] {
    return this.entry(path, text).headlines?.placesOf(name) ?? [];
  }

  parse(path: string, text: string): CFile {
    const entry = this.entry(path, text);
    const versions = this.entries.get(path)!;
    this.entries.delete(path);
    this.entries.set(path, versions);
    if (!entry.file) {
      const before = versions.find(({ file }) => file)?.file ?? undefined;
      entry.file = new CFile(text, [], before);
      this.parsed += text.length;
      this.shrink(path);
    }
    return entry.file;
  }

  private entry(path: string, text: string): Entry {
    let known = this.entries.get(path);
    if (!known) {
      known = [];
      this.entries.set(path, known);
    }
    const found = known.find((each) => each.text === text);
    if (found) return found;
    const fresh: Entry = { path, text, searches: 0, includes: null, headlines: null, file: null };
    known.unshift(fresh);
    for (const gone of known.splice(TEXTS_PER_PATH)) this.drop(gone);
    return fresh;
  }

  /** Forgets a text and what was read out of it. */
  private drop(entry: Entry): void {
    this.release(entry);
    if (!entry.headlines) return;
    this.dropped++;
    for (const name of entry.headlines.names()) {
      const left = this.byName.get(name)!.filter((each) => each !== entry);
      if (left.length > 0) this.byName.set(name, left);
      else this.byName.delete(name);
    }
  }

  private release(entry: Entry): void {
    if (entry.file) this.parsed -= entry.text.length;
    entry.file = null;
  }

  /**
   * Gives up what was not asked for the longest, but never the file at `keep`.
   * Texts that were skimmed keep their names: these are small, and skimming all
   * headers again is not.
   */
  private shrink(keep: string): void {
    for (const [path, entries] of this.entries) {
      if (this.parsed <= LARGEST) return;
      if (path === keep) continue;
      for (const entry of entries) this.release(entry);
      if (entries.every(({ headlines }) => headlines === null)) this.entries.delete(path);
    }
  }
}
