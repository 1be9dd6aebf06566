/**
 * A kernel tree on the disk, seen through `TreeReader`. Which paths are asked
 * for is decided by patches, so nothing but regular files of the tree itself
 * is ever opened, whatever links lie in it.
 */
import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { isSafeTreePath, type TreeReader } from '../review/index.js';

/** The largest C file of the kernel outside generated register lists has 1 MB. */
const LARGEST = 4 * 1024 * 1024;

/** What makes a directory a kernel tree here; Makefile and Kbuild may be missing. */
const LANDMARK = join('include', 'linux', 'iommu.h');

export function isKernelTree(directory: string): boolean {
  return existsSync(join(directory, LANDMARK));
}

/** The nearest kernel tree at or above `start` (an absolute path), or null. */
export function findTree(start: string): string | null {
  for (let directory = start; ; directory = dirname(directory)) {
    if (isKernelTree(directory)) return directory;
    if (dirname(directory) === directory) return null;
  }
}

/** Reads each file once: a review is short, and must not see a file change under it. */
export function treeOnDisk(root: string): TreeReader {
  const realRoot = realpathSync.native(root);
  const known = new Map<string, string | null>();
  return {
    root,
    read(path) {
      let text = known.get(path);
      if (text === undefined) {
        text = isSafeTreePath(path) ? readBelow(realRoot, path) : null;
        known.set(path, text);
      }
      return text;
    },
    list: (path) => (isSafeTreePath(path) ? listBelow(realRoot, path) : null),
  };
}

/** The same tree without the file at `path`. */
export function treeWithout(tree: TreeReader, path: string): TreeReader {
  const { list } = tree;
  const [, folder = '', name = path] = /^(.*)\/(.*)$/.exec(path) ?? [];
  return {
    ...tree,
    read: (asked) => (asked === path ? null : tree.read(asked)),
    ...(list && {
      list: (asked: string) => {
        const names = list(asked);
        return asked === folder ? (names?.filter((each) => each !== name) ?? null) : names;
      },
    }),
  };
}

function readBelow(realRoot: string, path: string): string | null {
  let file: number | null = null;
  try {
    const real = realBelow(realRoot, path);
    if (real === null) return null;
    // No link is followed any more, and a FIFO is not waited for.
    file = openSync(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    return stat.isFile() && stat.size <= LARGEST ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Throws where there is nothing. */
function realBelow(realRoot: string, path: string): string | null {
  const real = realpathSync.native(join(realRoot, path));
  return real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep) ? real : null;
}

/** See `TreeReader.list`. */
function listBelow(realRoot: string, path: string): string[] | null {
  try {
    const real = realBelow(realRoot, path);
    if (real === null) return null;
    const names = readdirSync(real, { withFileTypes: true }).flatMap((entry) => shownAs(real, entry));
    return names.filter((name) => isSafeTreePath(name.replace(/\/$/, ''))).sort();
  } catch {
    return null;
  }
}

function shownAs(directory: string, entry: Dirent): string[] {
  if (entry.isDirectory()) return [`${entry.name}/`];
  if (entry.isFile()) return [entry.name];
  const target = entry.isSymbolicLink()
    ? statSync(join(directory, entry.name), { throwIfNoEntry: false })
    : undefined;
  return target?.isFile() ? [entry.name] : [];
}
