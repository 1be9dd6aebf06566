/**
 * From the INPUT words of the command line to texts for a review, each with
 * the kernel tree around it. An input that cannot be read is reported, and
 * keeps no other from being reviewed.
 */
import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isSafeTreePath } from '../base/index.js';
import { isKernelTree, kernelTreeAt } from '../disk/index.js';
import type { InputKind, InputPart, ReviewInput, TreeReader } from '../review/index.js';
import type { CheckCommand, ReplyCommand, SimulateCommand } from './arguments.js';
import { listDirectory } from './directory.js';
import type { Io } from './io.js';
import { asUnreadable, readInputFile, Unreadable, unpacked } from './read-file.js';
import { treeOnDisk, treeWithout } from './tree-on-disk.js';
import { UsageError } from './usage-error.js';

/** One INPUT. */
export interface Gathered {
  readonly path: string;
  /** Null when nothing of it could be read. */
  readonly input: ReviewInput | null;
  readonly tree: TreeReader | null;
  /** What could not be read, each beginning with its path. */
  readonly problems: readonly string[];
  /** The best guess from its name, for an input that nobody could look into. */
  readonly likelyKind: InputKind;
}

type Wanted = Pick<CheckCommand | SimulateCommand | ReplyCommand, 'inputs' | 'tree' | 'as'>;

/** Throws `UsageError` for a tree or a place that is none. */
export async function gather(wanted: Wanted, io: Io): Promise<Gathered[]> {
  const gatherer = new Gatherer(wanted, io);
  const all: Gathered[] = [];
  for (const word of wanted.inputs) all.push(await gatherer.gather(word));
  return all;
}

class Gatherer {
  /** One reader a tree, so that inputs in one tree are reviewed together. */
  private readonly readers = new Map<string, TreeReader>();
  private readonly givenTree: string | null;

  constructor(
    private readonly wanted: Wanted,
    private readonly io: Io,
  ) {
    this.givenTree = wanted.tree === null ? null : resolve(io.cwd, wanted.tree);
    if (this.givenTree !== null && !isKernelTree(this.givenTree))
      throw new UsageError(`--tree ${wanted.tree}: not a kernel tree`, 'A tree has include/linux/iommu.h.');
    if (wanted.as !== null && !isSafeTreePath(wanted.as))
      throw new UsageError(`--as ${wanted.as}: not a path in the tree`, 'As in --as drivers/iommu/iommu.c.');
  }

  async gather(word: string): Promise<Gathered> {
    try {
      if (word === '-') return this.standardInput(await unpacked(await this.io.readStandardInput()));
      const stat = statSync(resolve(this.io.cwd, word), { throwIfNoEntry: false });
      if (stat === undefined && isRange(word)) return await this.range(word);
      return await (stat?.isDirectory() ? this.directory(word) : this.file(word));
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const problems = [`${word}: ${asUnreadable(error).message}`];
      return { path: word, input: null, tree: null, problems, likelyKind: likelyKind(word) };
    }
  }

  private standardInput(content: Uint8Array): Gathered {
    return this.parts('-', [this.part('-', content, null)], this.treeAround(this.io.cwd));
  }

  private async file(word: string): Promise<Gathered> {
    const path = resolve(this.io.cwd, word);
    const content = await readInputFile(path);
    const root = this.treeAround(dirname(path));
    return this.parts(word, [this.part(word, content, treePathOf(path, root))], root);
  }

  private async directory(word: string): Promise<Gathered> {
    this.refuseAs(word, 'a directory');
    const path = resolve(this.io.cwd, word);
    const listing = listDirectory(path);
    if (!listing) throw new Unreadable('holds neither patches nor C files');
    const root = this.treeAround(path);
    const problems: string[] = [];
    const parts: InputPart[] = [];
    for (const name of listing.files) {
      const shown = join(word, name);
      try {
        const full = join(path, name);
        parts.push(this.part(shown, await readInputFile(full), treePathOf(full, root)));
      } catch (error) {
        problems.push(`${shown}: ${asUnreadable(error).message}`);
      }
    }
    if (parts.length === 0) throw new Unreadable(`none of its files can be read; ${problems[0]}`);
    return this.parts(word, parts, root, listing.kind === 'c' ? 'directory' : undefined, problems);
  }

  private async range(word: string): Promise<Gathered> {
    this.refuseAs(word, 'a git range');
    const { patchesOfRange, treeBeforeRange } = await import('../git/index.js');
    const root = this.treeAround(this.io.cwd) ?? this.io.cwd;
    const content = await patchesOfRange(word, root);
    const onDisk = isKernelTree(root) ? this.reader(root) : null;
    const tree = (await treeBeforeRange(word, root)) ?? onDisk;
    const input: ReviewInput = { path: word, parts: [{ path: word, content }], kind: 'range' };
    return { path: word, input, tree, problems: [], likelyKind: 'range' };
  }

  private parts(
    path: string,
    parts: readonly InputPart[],
    root: string | null,
    kind?: 'directory',
    problems: readonly string[] = [],
  ): Gathered {
    const input = kind ? { path, parts, kind } : { path, parts };
    const tree = root === null ? null : this.reader(root);
    return { path, input, tree, problems, likelyKind: kind ?? likelyKind(path) };
  }

  private part(path: string, content: Uint8Array, found: string | null): InputPart {
    const treePath = this.wanted.as ?? found;
    return treePath === null ? { path, content } : { path, content, treePath };
  }

  private treeAround(directory: string): string | null {
    return this.givenTree ?? kernelTreeAt(directory);
  }

  /** The tree's own file of the name given by --as is not there for anybody: the input stands in its place. */
  private reader(root: string): TreeReader {
    let reader = this.readers.get(root);
    if (!reader) {
      reader = this.wanted.as === null ? treeOnDisk(root) : treeWithout(treeOnDisk(root), this.wanted.as);
      this.readers.set(root, reader);
    }
    return reader;
  }

  private refuseAs(word: string, what: string): void {
    if (this.wanted.as !== null)
      throw new UsageError(`--as says where one C file stands, but ${word} is ${what}`);
  }
}

/** Where a C file stands in its tree; null for other files and for C outside. */
function treePathOf(path: string, root: string | null): string | null {
  if (root === null || !/\.[ch](?:\.gz)?$/.test(path)) return null;
  const inside = relative(root, path);
  if (isAbsolute(inside)) return null;
  const treePath = inside.split(sep).join('/').replace(/\.gz$/, '');
  return isSafeTreePath(treePath) ? treePath : null;
}

/** Whether a word of the command line may be a range; the caller has looked for a file of that name. */
function isRange(word: string): boolean {
  return /^[^-./][^\s:]*\.\.[^\s:]*$/.test(word);
}

function likelyKind(word: string): InputKind {
  if (isRange(word)) return 'range';
  return /\.[ch](?:\.gz)?$/.test(word) ? 'c' : 'patch';
}
