/**
 * The files of a tree as the patches of a series leave them, one after
 * another: renames and deletions followed, and patches that the tree has
 * already taken back first, so that each is seen on its own base.
 */

import { isSafeTreePath } from '../base/index.js';
import { type PatchFile, touchesKernelC } from '../patch/index.js';
import { applyHunks } from './apply.js';
import { type BaseMatch, blobIdOf, matchBlob, textBefore } from './base-check.js';
import { hunksImage } from './fragments.js';
import type { SourceImage } from './image.js';
import type { Overlay } from './overlay.js';
import type { TreeReader } from './reader.js';

export class PatchedFiles {
  private readonly texts = new Map<string, string | null>();
  private readonly taken = new Set<PatchFile>();
  /** What the tree had before those that it has already. */
  private before: Overlay = new Map();
  /** For each file its first patch, and what that was applied to. */
  private readonly firsts = new Map<string, { readonly file: PatchFile; readonly base: string }>();

  constructor(private readonly tree: TreeReader | null) {}

  /** The texts that the patches so far leave. */
  get overlay(): Overlay {
    return this.texts;
  }

  /** The texts that hide those of the tree to make it as it was before the first patch. */
  get overlayBefore(): Overlay {
    return this.before;
  }

  /** For each file of the tree that is patched, whether it is the very one that its first patch was made on. */
  bases(): ReadonlyMap<string, BaseMatch> {
    const matches = new Map<string, BaseMatch>();
    for (const [path, { file, base }] of this.firsts)
      matches.set(path, matchBlob(blobIdOf(base), file.oldBlob));
    return matches;
  }

  read(path: string): string | null {
    if (!isSafeTreePath(path)) return null;
    const known = this.texts.get(path);
    return known === undefined ? (this.tree?.read(path) ?? null) : known;
  }

  /** Takes back what the tree has of the patches, given in series order; to be called before any is applied. */
  takeBack(files: readonly PatchFile[]): void {
    if (!this.tree) return;
    for (const [at, file] of [...files.entries()].reverse()) {
      const { newPath, oldPath } = file;
      const text = newPath !== null && touchesKernelC(file) ? this.read(newPath) : null;
      if (newPath === null || text === null) continue;
      const isMoved = file.status === 'renamed';
      if (isMoved && (oldPath === null || this.read(oldPath) !== null)) continue;
      const before = textBefore(file, newPath, text, files.slice(0, at));
      if (before === null) continue;
      this.taken.add(file);
      const isOld = file.status !== 'added' && file.status !== 'copied' && !isMoved;
      this.texts.set(newPath, isOld ? before : null);
      if (isMoved) this.texts.set(oldPath!, before);
    }
    this.before = new Map(this.texts);
  }

  /** The image of the file after its patch; null when there is no kernel C to look at. */
  apply(file: PatchFile): SourceImage | null {
    if (!touchesKernelC(file)) return null;
    const { oldPath, newPath: path, status } = file;
    const base = status === 'added' ? '' : this.read(oldPath ?? path ?? '');
    if (oldPath !== null && (path === null || status === 'renamed')) this.texts.set(oldPath, null);
    if (path === null) return null;
    const isTaken = status === 'added' && this.tree !== null && this.read(path) !== null;
    if (status !== 'added' && path !== oldPath && base !== null) this.texts.set(path, base);
    if (file.hunks.length === 0) return null;
    if (base === null) return hunksImage(file, path);
    if (this.tree && status !== 'added' && !this.firsts.has(path)) this.firsts.set(path, { file, base });
    const image = this.applied(file, path, base);
    const problems = isTaken ? [there(file, `${path}: added by the patch, but the tree has it`)] : [];
    return { ...image, problems: [...problems, ...image.problems] };
  }

  private applied(file: PatchFile, path: string, base: string): SourceImage {
    const applied = applyHunks(file, path, base);
    if (applied.ok) this.texts.set(path, applied.text);
    // Without a tree the hunks are all there is of a new file, and nothing is known of what is around it.
    if (file.status === 'added' && !this.tree) return hunksImage(file, path);
    if (!applied.ok) {
      const problem = { rawLine: applied.rawLine, message: `${applied.why}; reviewed from its hunks alone` };
      return { ...hunksImage(file, path), problems: [problem] };
    }
    if (!this.taken.has(file)) return applied.image;
    return { ...applied.image, problems: [there(file, `${path}: already applied`)] };
  }
}

function there({ rawLine }: PatchFile, message: string): SourceImage['problems'][number] {
  return { rawLine, message };
}
