/**
 * The files of a series without a tree, each as all of its patches together
 * show it in the end: what one patch adds is seen whole with what later ones
 * change in its middle.
 */
import { type PatchFile, touchesKernelC } from '../patch/index.js';
import { imageOfRuns } from './fragments.js';
import type { SourceImage } from './image.js';
import { runsOf } from './known-lines.js';
import { afterHunks, type SparseFile, UNSEEN } from './sparse-file.js';

export interface JoinedFile {
  /** What the file is called in the end. */
  readonly path: string;
  /**
   * Its known lines. `line` numbers the file as the series leaves it; the
   * other places are those of the patch that adds the line, else of the first
   * that shows it.
   */
  readonly image: SourceImage;
  /** The patch that the places of a line of the image are in, by its index from 0; null for a stand-in. */
  patchOf(index: number): number | null;
}

/** The files that the patches, given in series order, show something of. */
export function joinedImages(
  patches: readonly { readonly patch: number; readonly files: readonly PatchFile[] }[],
): readonly JoinedFile[] {
  let files: Files = new Map();
  for (const each of patches) files = afterPatch(files, each.files.filter(touchesKernelC), each.patch);
  return [...files].map(([path, file]) => joinedFile(path, file));
}

type Files = ReadonlyMap<string, SparseFile>;

function afterPatch(before: Files, files: readonly PatchFile[], patch: number): Files {
  const after = new Map(before);
  // What the patch itself puts at a path stays there though it moves away what stood there: two files may change names.
  const written = new Set<string>();
  for (const file of files) {
    const { oldPath, newPath: path } = file;
    const isGone = path === null || file.status === 'renamed';
    if (isGone && oldPath !== null && !written.has(oldPath)) after.delete(oldPath);
    if (path === null) continue;
    const sparse = afterFile(file, path, patch, before, after);
    if (sparse) after.set(path, sparse);
    else after.delete(path);
    written.add(path);
  }
  return after;
}

/** What is known of a file after its patch; null when that is nothing. */
function afterFile(
  file: PatchFile,
  path: string,
  patch: number,
  before: Files,
  after: Files,
): SparseFile | null {
  const { oldPath, status, rawLine } = file;
  if (status === 'binary') return null;
  if (status === 'added') {
    const there = after.has(path) ? [{ rawLine, message: `${path}: added again by patch ${patch}` }] : [];
    return afterHunks({ ...UNSEEN, problems: there }, file, path, patch);
  }
  const known =
    status === 'renamed' || status === 'copied'
      ? before.get(oldPath ?? path)
      : (after.get(path) ?? after.get(oldPath ?? path));
  // What is taken out of a file is taken out of its copy only when that is patched itself.
  const base = known && status === 'copied' ? { ...known, removed: [], problems: [] } : known;
  return file.hunks.length > 0 ? afterHunks(base ?? UNSEEN, file, path, patch) : (base ?? null);
}

function joinedFile(path: string, { known, removed, problems }: SparseFile): JoinedFile {
  const image: SourceImage = { path, ...imageOfRuns(runsOf(known)), basis: 'hunks', removed, problems };
  const patches = new Map(known.map(({ at, patch }) => [at, patch]));
  return {
    path,
    image,
    patchOf: (index) => {
      const line = image.lines[index];
      return (line && patches.get(line)) ?? null;
    },
  };
}
