/** Which patches somebody has ticked as read, by their Message-ID: on a disk, since an editor may forget what it was told last. */
import { readFileSync } from 'node:fs';
import { writeWhole } from './kept-file.js';

export class ReadPatches {
  readonly #file: string;
  readonly #keys: Set<string>;

  constructor(file: string) {
    this.#file = file;
    this.#keys = new Set(keysIn(file));
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Throws when the disk refuses. */
  tick(key: string, isRead: boolean): void {
    if (isRead) this.#keys.add(key);
    else this.#keys.delete(key);
    writeWhole(this.#file, [...this.#keys]);
  }
}

/** None where there is no such file, or it is not ours: ticks are not worth a complaint. */
function keysIn(file: string): string[] {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}
