/**
 * Files below a root, for paths that nobody vouches for: they come out of
 * patch mails. What leads outside the root, by `..`, by an absolute path or
 * through a link, does not exist here, nor does anything that is not a regular
 * file. Nothing here throws, and nothing waits for a FIFO.
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
  type Stats,
  statSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { isSafeTreePath } from '../base/index.js';

/** The largest file that is read; the largest C file of the kernel has 1.2 MB apart from generated register lists. */
export const LARGEST_FILE = 4 * 1024 * 1024;

/** Where `path` lies after resolving links, or null when that is not below the root. */
export function realPathBelow(root: string, path: string): string | null {
  if (!isSafeTreePath(path)) return null;
  try {
    const realRoot = realpathSync.native(root);
    const real = realpathSync.native(join(realRoot, path));
    return real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep) ? real : null;
  } catch {
    return null;
  }
}

/** The names in a folder below the root, those of folders with a final `/`; links to files are files, other links are left out. */
export function listBelow(root: string, path: string): string[] | null {
  const real = realPathBelow(root, path);
  try {
    if (real === null) return null;
    const names = readdirSync(real, { withFileTypes: true }).flatMap((entry) => shownAs(real, entry));
    return names.filter((name) => isSafeTreePath(name.replace(/\/$/, ''))).sort();
  } catch {
    return null;
  }
}

/**
 * What `read` makes of the regular file at a path that `realPathBelow` gave;
 * null when there is none any more, or a larger one than is read. `text`
 * decodes the file, whose bytes are read no sooner.
 */
export function withFile<T>(real: string, read: (stat: Stats, text: () => string) => T): T | null {
  let file: number | null = null;
  try {
    // A link or a FIFO may have taken the file's place since it was looked at.
    file = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0));
    const open = file;
    const stat = fstatSync(open);
    if (!stat.isFile() || stat.size > LARGEST_FILE) return null;
    return read(stat, () => new TextDecoder().decode(readUpTo(open, stat.size)));
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

function shownAs(directory: string, entry: Dirent): string[] {
  if (entry.isDirectory()) return [`${entry.name}/`];
  if (entry.isFile()) return [entry.name];
  if (!entry.isSymbolicLink()) return [];
  return statSync(join(directory, entry.name), { throwIfNoEntry: false })?.isFile() ? [entry.name] : [];
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
