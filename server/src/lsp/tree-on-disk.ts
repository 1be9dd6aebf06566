/**
 * A kernel tree on this disk, behind the reader that the rooms above are
 * given. The paths it is asked for come out of patch mails, so they are
 * hostile until shown otherwise: what leads outside the root, by `..`, by an
 * absolute path or through a link, does not exist here, nor does anything that
 * is not a regular file. Text that is open in the editor hides the disk's.
 */
import { statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { isSafeTreePath } from '../base/index.js';
import { LARGEST_FILE, listBelow, realPathBelow, withFile } from '../disk/index.js';
import type { TreeReader } from '../review/index.js';
import { realPathOf } from './addresses.js';

/** How much text is kept between reviews, in UTF-16 units. */
const CACHE_SIZE = 24 * 1024 * 1024;

/** The text of the file at this resolved path when it is open in the editor. */
export type Overlay = (realPath: string) => string | undefined;

interface Cached {
  readonly stamp: string;
  readonly text: string;
}

export class TreeOnDisk implements TreeReader {
  private readonly texts = new Map<string, Cached>();
  private cachedUnits = 0;

  constructor(
    readonly root: string,
    private readonly overlay: Overlay = () => undefined,
  ) {}

  read(path: string): string | null {
    const real = this.locate(path);
    if (real === null) return null;
    const open = this.overlay(real);
    if (open !== undefined) return open.length > LARGEST_FILE ? null : open;
    return this.readFile(real);
  }

  list(path: string): readonly string[] | null {
    return listBelow(this.root, path);
  }

  /** Where the regular file at `path` lies after resolving links, or null when it is not below the root. */
  locate(path: string): string | null {
    const real = realPathBelow(this.root, path);
    try {
      return real !== null && statSync(real).isFile() ? real : null;
    } catch {
      return null;
    }
  }

  /** The path in this tree of a file on the disk that may be gone by now, or null when it lies elsewhere. */
  pathInTree(file: string): string | null {
    for (const [root, inside] of [
      [this.root, file],
      [realPathOf(this.root), realPathOf(file)],
    ] as const) {
      const path = relative(root, inside).split(sep).join('/');
      if (isSafeTreePath(path)) return path;
    }
    return null;
  }

  private readFile(real: string): string | null {
    return withFile(real, ({ mtimeMs, size, ino }, decode) => {
      const stamp = `${mtimeMs} ${size} ${ino}`;
      const cached = this.texts.get(real);
      if (cached?.stamp === stamp) return cached.text;
      const text = decode();
      this.keep(real, { stamp, text });
      return text;
    });
  }

  private keep(real: string, entry: Cached): void {
    this.drop(real);
    this.texts.set(real, entry);
    this.cachedUnits += entry.text.length;
    for (const oldest of this.texts.keys()) {
      if (this.cachedUnits <= CACHE_SIZE) break;
      this.drop(oldest);
    }
  }

  private drop(real: string): void {
    this.cachedUnits -= this.texts.get(real)?.text.length ?? 0;
    this.texts.delete(real);
  }
}

/** A reader that notes in `seen` every path it is asked for, found or not. */
export function noting(tree: TreeReader, seen: Set<string>): TreeReader {
  return {
    root: tree.root,
    read(path) {
      seen.add(path);
      return tree.read(path);
    },
    ...(tree.list && { list: (path: string) => tree.list?.(path) ?? null }),
    identity: tree.identity ?? tree,
  };
}
