/**
 * Which kernel tree stands around a document: the nearest one, whatever
 * folders the editor has open.
 */
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { isKernelTree, kernelTreeAt } from '../disk/index.js';
import { type Overlay, TreeOnDisk } from './tree-on-disk.js';

/** The nearest folder around the file at `path` that is a kernel tree. */
export function kernelTreeAround(path: string): string | null {
  return kernelTreeAt(dirname(path));
}

export class KernelTrees {
  private readonly trees = new Map<string, TreeOnDisk>();
  private folders: readonly string[] = [];
  /** Trees that documents elsewhere on the disk were made from, by the addresses of those. */
  private readonly sources = new Map<string, string>();

  constructor(private readonly overlay: Overlay) {}

  /** The folders that the editor has open. */
  setFolders(paths: readonly string[]): void {
    this.folders = paths;
  }

  /** A document was made from the commits of a repository, and belongs to the tree in it. */
  comesFrom(uri: string, root: string): void {
    this.sources.set(uri, root);
  }

  /** That tree; null for other documents. */
  sourceOf(uri: string): TreeOnDisk | null {
    const root = this.sources.get(uri);
    return root === undefined ? null : this.first([root]);
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
    const root = candidates.find(isKernelTree);
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
