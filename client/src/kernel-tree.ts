/** Whether a path lies in a kernel tree: a folder around it has `include/linux/iommu.h`. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Remembers every folder it has looked at, since all files of a folder share the answer. */
export class KernelTreeFinder {
  readonly #known = new Map<string, boolean>();
  readonly #exists: (path: string) => boolean;

  constructor(exists: (path: string) => boolean = existsSync) {
    this.#exists = exists;
  }

  isInTree(path: string): boolean {
    const passed: string[] = [];
    let folder = dirname(path);
    let answer = false;
    for (;;) {
      const known = this.#known.get(folder);
      if (known !== undefined) {
        answer = known;
        break;
      }
      passed.push(folder);
      if (this.#exists(join(folder, 'include/linux/iommu.h'))) {
        answer = true;
        break;
      }
      const parent = dirname(folder);
      if (parent === folder) break;
      folder = parent;
    }
    for (const each of passed) this.#known.set(each, answer);
    return answer;
  }

  /** Folders came or went. */
  forget(): void {
    this.#known.clear();
  }
}
