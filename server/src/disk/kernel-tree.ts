/**
 * Which folders are kernel trees. One has `include/linux/iommu.h`; nothing else
 * of a tree is asked for, so that a sparse checkout is one too.
 */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MARK = join('include', 'linux', 'iommu.h');

/** Whether the folder is the root of a kernel tree. */
export function isKernelTree(folder: string): boolean {
  try {
    return statSync(join(folder, MARK), { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // Part of the path is a file, or may not be entered: no tree there.
    return false;
  }
}

/** The nearest kernel tree at or above `start` (an absolute path), or null. */
export function kernelTreeAt(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isKernelTree(folder)) return folder;
    if (folder === dirname(folder)) return null;
  }
}
