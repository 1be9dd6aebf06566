/** Kernel trees in memory, and the real ones where they are at hand. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isSafeTreePath } from '../../server/src/base/index.js';
import type { TreeReader } from '../../server/src/tree/index.js';

export type Files = Readonly<Record<string, string>>;

/** A tree of these files; `asked` receives every path that is read. */
export function memoryTree(files: Files, asked: string[] = []): TreeReader {
  return {
    root: 'memory',
    read(path) {
      asked.push(path);
      return isSafeTreePath(path) && Object.hasOwn(files, path) ? files[path]! : null;
    },
    list(path) {
      const below = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      if (!isSafeTreePath(path) || below.length === 0) return null;
      const names = below.map((file) => file.slice(path.length + 1).replace(/\/.*/, '/'));
      return [...new Set(names)].sort();
    },
  };
}

const TOOL = join('../shared', 'tools/kernel-tree.sh');

/** False, or why tests on real trees are left out. */
export const noKernel = existsSync(TOOL) ? false : '../shared is not here';

export function kernelTree(version: '6.1' | '6.12'): string {
  return execFileSync(TOOL, [version], { encoding: 'utf8' }).trim();
}
