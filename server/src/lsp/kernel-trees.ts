/**
 * Which kernel tree stands around a document. A folder is a kernel tree when
 * it has `include/linux/iommu.h`; nothing else of a tree is asked for, so that
 * a sparse checkout is one too. The tree of a file is the nearest such folder
 * around it, whatever folders the editor has open.
 */
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { type Overlay, TreeOnDisk } from './tree-on-disk.js';

const MARK = join('include', 'linux', 'iommu.h');

/** Whether the folder is the root of a kernel tree. */
export function isKernelTree(folder: string): boolean {
  return statSync(join(folder, MARK), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The nearest folder around `path` that is a kernel tree. */
export function kernelTreeAround(path: string): string | null {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (safely(folder)) return folder;
    if (folder === dirname(folder)) return null;
  }
}

/** `stat` throws where a part of the path is a file or may not be entered: no tree there. */
function safely(folder: string): boolean {
  try {
    return isKernelTree(folder);
  } catch {
    return false;
  }
}

export class KernelTrees {
  private readonly trees = new Map<string, TreeOnDisk>();
  private folders: readonly string[] = [];

  constructor(private readonly overlay: Overlay) {}

  /** The folders that the editor has open. */
  setFolders(paths: readonly string[]): void {
    this.folders = paths;
  }

  /** The tree that a C file lies in. */
  around(path: string | null): TreeOnDisk | null {
    const root = path === null ? null : kernelTreeAround(path);
    return root === null ? null : this.at(root);
  }

  /** The tree that the user named, absolute, below the home folder, or below an open folder. */
  configured(setting: string): TreeOnDisk | null {
    if (setting === '') return null;
    const path = setting.replace(/^~(?=$|[\\/])/, homedir());
    const candidates = isAbsolute(path) ? [path] : this.folders.map((folder) => join(folder, path));
    return this.first(candidates);
  }

  /** An open folder that is a kernel tree itself. */
  opened(): TreeOnDisk | null {
    return this.first(this.folders);
  }

  private first(candidates: readonly string[]): TreeOnDisk | null {
    const root = candidates.find(safely);
    return root === undefined ? null : this.at(root);
  }

  private at(root: string): TreeOnDisk {
    let tree = this.trees.get(root);
    if (!tree) {
      tree = new TreeOnDisk(root, this.overlay);
      this.trees.set(root, tree);
    }
    return tree;
  }
}
