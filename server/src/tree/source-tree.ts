/**
 * The kernel tree around one piece of code: texts, what they include and what
 * they declare, read and parsed no sooner than somebody asks. One view of the
 * tree at one moment: a file that was read once stays as it was read, but for
 * what `edit` is told.
 */
import type { CFile } from '../syntax/index.js';
import { type Closure, closureOf } from './closure.js';
import { type Declaration, type DeclarationKind, findDeclaration } from './declarations.js';
import { includeCandidates } from './include-paths.js';
import { type Overlay, overlaid } from './overlay.js';
import type { TreeReader } from './reader.js';
import { cacheFor, type SourceCache } from './source-cache.js';

/** More than any file of the kernel has; a patch may hold anything. */
const MOST_INCLUDES = 500;

export class SourceTree implements TreeReader {
  readonly root: string;
  readonly identity: object;
  readonly cache: SourceCache;
  /** Whether directories can be searched; without that, `list` knows none. */
  readonly canList: boolean;
  private readonly reader: TreeReader;
  private readonly texts = new Map<string, string | null>();
  private readonly listings = new Map<string, readonly string[] | null>();
  private readonly resolved = new Map<string, string | null>();
  private readonly included = new Map<string, readonly string[]>();
  private readonly closures = new Map<string, ReturnType<typeof closureOf>>();
  private readonly declarations = new Map<string, Declaration | null>();
  private readonly edited = new Set<string>();
  /** By file, what of its closure was not skimmed when somebody asked last. */
  private readonly left = new Map<string, readonly string[]>();
  private forgotten = 0;

  /** `overlay`: texts that hide the reader's, null for files that are gone. A tree without a reader has only these. */
  constructor(reader: TreeReader | null, overlay: Overlay = new Map()) {
    this.reader = overlaid(reader, overlay);
    this.root = this.reader.root;
    this.identity = this.reader.identity ?? this;
    this.cache = cacheFor(this.identity);
    this.canList = this.reader.list !== undefined;
  }

  /**
   * Takes in a new text of one file; what was found elsewhere still holds.
   * `isWithinBodies`: nothing differs but what stands between the braces of
   * functions.
   */
  edit(path: string, text: string, isWithinBodies: boolean): void {
    const included = this.included.get(path);
    this.texts.set(path, text);
    this.edited.add(path);
    // The new text is not skimmed, whatever the old one was.
    this.left.clear();
    if (!isWithinBodies) {
      this.declarations.clear();
      this.included.delete(path);
      if (included?.join('\n') !== this.includesOf(path).join('\n')) this.closures.clear();
      return;
    }
    for (const [key, found] of this.declarations) if (found?.path === path) this.declarations.delete(key);
  }

  /** Whether the reader still gives whatever it gave; of edited files it is not asked. */
  isCurrent(): boolean {
    for (const [path, text] of this.texts)
      if (!this.edited.has(path) && this.reader.read(path) !== text) return false;
    for (const [path, names] of this.listings)
      if ((this.reader.list?.(path) ?? null)?.join('\n') !== names?.join('\n')) return false;
    return true;
  }

  read(path: string): string | null {
    return remembered(this.texts, path, () => this.reader.read(path));
  }

  list(path: string): readonly string[] | null {
    return remembered(this.listings, path, () => this.reader.list?.(path) ?? null);
  }

  /** The file, parsed; null when the tree has none of this name. */
  file(path: string): CFile | null {
    const text = this.read(path);
    return text === null ? null : this.cache.parse(path, text);
  }

  /** What `name` may be in the file, as the bits of `MAY_BE`; told without parsing it. */
  headline(path: string, name: string): number {
    const text = this.read(path);
    return text === null ? 0 : this.cache.headline(path, text, name);
  }

  /** Where in the file the items lie that may declare the name, once its headline was asked for. */
  placesOf(path: string, name: string): readonly number[] {
    const text = this.read(path);
    return text === null ? [] : this.cache.placesOf(path, text, name);
  }

  /** Where the header that `from` includes lies; null when the tree does not have it. */
  resolve(name: string, isLocal: boolean, from: string): string | null {
    const key = `${from.slice(0, from.lastIndexOf('/') + 1)}${isLocal ? '"' : '<'}${name}`;
    return remembered(this.resolved, key, () => {
      const candidates = includeCandidates(name, isLocal, from);
      return candidates.find((path) => this.read(path) !== null) ?? null;
    });
  }

  /** What the file includes, as far as the tree has it, in its order. */
  includesOf(path: string): readonly string[] {
    return remembered(this.included, path, () => {
      const text = this.read(path);
      const lines = text === null ? [] : this.cache.includes(path, text).slice(0, MOST_INCLUDES);
      const paths = lines.map(({ name, isLocal }) => this.resolve(name, isLocal, path));
      return [...new Set(paths.filter((each) => each !== null))];
    });
  }

  /** `from` and all that it includes in turn, breadth first; walked no further than the caller goes. */
  closure(from: string): Closure {
    return remembered(this.closures, from, () => closureOf(this, from));
  }

  /** Of the closure, in its order, the files that may declare the name and perhaps some that do not. */
  mayDeclare(name: string, from: string): Iterable<string> {
    const closure = this.closure(from);
    const places = closure.places();
    if (!places) return closure;
    const left = this.unskimmed(from, places);
    const known = this.cache
      .skimmedWith(name)
      .flatMap(({ path, text }) => (places.has(path) && this.read(path) === text ? [path] : []));
    if (left.length === 0 && known.length < 2) return known;
    return [...known, ...left].sort((one, other) => places.get(one)! - places.get(other)!);
  }

  /** The files of a closure whose names are not all known yet; fewer each time. */
  private unskimmed(from: string, places: ReadonlyMap<string, number>): readonly string[] {
    if (this.forgotten !== this.cache.forgotten) this.left.clear();
    this.forgotten = this.cache.forgotten;
    const isLeft = (path: string): boolean => !this.cache.isSkimmed(path, this.read(path) ?? '');
    const left = (this.left.get(from) ?? [...places.keys()]).filter(isLeft);
    this.left.set(from, left);
    return left;
  }

  /**
   * What `name` means in the file `from`: the first declaration in the breadth
   * order of its includes. Null when none of them declares it.
   */
  declarationOf<Kind extends DeclarationKind>(
    kind: Kind,
    name: string,
    from: string,
  ): Declaration<Kind> | null {
    return remembered(this.declarations, `${kind} ${name} ${from}`, () =>
      findDeclaration(this, kind, name, from),
    ) as Declaration<Kind> | null;
  }
}

function remembered<T>(map: Map<string, T>, key: string, find: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const found = find();
  map.set(key, found);
  return found;
}
