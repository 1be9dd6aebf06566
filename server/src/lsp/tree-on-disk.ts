/**
 * A kernel tree on this disk, behind the reader that the rooms above are
 * given. The paths it is asked for come out of patch mails, so they are
 * hostile until shown otherwise: what leads outside the root, by `..`, by an
 * absolute path or through a link, does not exist here, nor does anything that
 * is not a regular file. Text that is open in the editor hides the disk's.
 */
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { TreeReader } from '../review/index.js';

/** The largest file that is read; the largest C file of the kernel has 1.2 MB apart from generated register lists. */
const LARGEST_FILE = 4 * 1024 * 1024;
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
    try {
      return this.readFile(real);
    } catch {
      return null;
    }
  }

  list(path: string): readonly string[] | null {
    const real = this.resolve(path);
    try {
      if (real === null) return null;
      const names = readdirSync(real, { withFileTypes: true }).flatMap((entry) => shownAs(real, entry));
      return names.filter((name) => isPlainRelative(name.replace(/\/$/, ''))).sort();
    } catch {
      return null;
    }
  }

  /** Where the regular file at `path` lies after resolving links, or null when it is not below the root. */
  locate(path: string): string | null {
    const real = this.resolve(path);
    try {
      return real !== null && statSync(real).isFile() ? real : null;
    } catch {
      return null;
    }
  }

  private resolve(path: string): string | null {
    if (!isPlainRelative(path)) return null;
    try {
      const root = realpathSync(this.root);
      const real = realpathSync(join(root, path));
      return real.startsWith(root.endsWith(sep) ? root : root + sep) ? real : null;
    } catch {
      return null;
    }
  }

  /** The path in this tree of a file on the disk that may be gone by now, or null when it lies elsewhere. */
  pathInTree(file: string): string | null {
    for (const [root, inside] of [
      [this.root, file],
      [resolved(this.root), resolved(file)],
    ] as const) {
      const path = relative(root, inside).split(sep).join('/');
      if (isPlainRelative(path)) return path;
    }
    return null;
  }

  private readFile(real: string): string | null {
    // A FIFO may have taken the file's place since it was looked at: opening must not wait for its writer.
    const file = openSync(
      real,
      constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
    );
    try {
      const stat = fstatSync(file);
      if (!stat.isFile() || stat.size > LARGEST_FILE) return null;
      const stamp = `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
      const cached = this.texts.get(real);
      if (cached?.stamp === stamp) return cached.text;
      const text = new TextDecoder().decode(readUpTo(file, stat.size));
      this.keep(real, { stamp, text });
      return text;
    } finally {
      closeSync(file);
    }
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

/** As `TreeReader.list` names it: a link to a file is a file, other links are left out. */
function shownAs(directory: string, entry: Dirent): string[] {
  if (entry.isDirectory()) return [`${entry.name}/`];
  if (entry.isFile()) return [entry.name];
  if (!entry.isSymbolicLink()) return [];
  return statSync(join(directory, entry.name), { throwIfNoEntry: false })?.isFile() ? [entry.name] : [];
}

/**
 * Whether every part of the path names something below the folder before it,
 * on any system. The rooms above ask the same of a patch's paths; this reader
 * does not rely on it.
 */
function isPlainRelative(path: string): boolean {
  if (/[\\\0]|^[A-Za-z]:/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function readUpTo(file: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(file, bytes, filled, size - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
