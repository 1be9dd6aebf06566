/**
 * What a tree's file is to a patch: the very base that the patch was made on,
 * by the blob ids of git's `index` line, or what the patch has left already.
 */
import { sha1, utf8 } from '../base/index.js';
import { type Hunk, type PatchFile, reversed, reversedHunk } from '../patch/index.js';
import { applyHunks } from './apply.js';
import { FileLines } from './locate-hunk.js';

/** `unknown`: the patch names no blob, or the file's bytes are not known from its text. */
export type BaseMatch = 'exact' | 'other' | 'unknown';

/** SHA-1 and SHA-256 in hexadecimal; git abbreviates either. */
const LONGEST_SHA1 = 40;

/** Git's name of a file with this text; null when the text has lost bytes that were no UTF-8. */
export function blobIdOf(text: string): string | null {
  if (text.includes('\ufffd')) return null;
  const content = utf8(text);
  const header = utf8(`blob ${content.length}\0`);
  const bytes = new Uint8Array(header.length + content.length);
  bytes.set(header);
  bytes.set(content, header.length);
  return sha1(bytes);
}

/** Whether the file of the blob id `id` is the one that the `index` line abbreviates as `named`. */
export function matchBlob(id: string | null, named: string | null): BaseMatch {
  if (id === null || named === null || named.length > LONGEST_SHA1) return 'unknown';
  return id.startsWith(named.toLowerCase()) ? 'exact' : 'other';
}

/**
 * The text before the patch, when `text` has it already: all that its hunks
 * would leave stands there, and they do not apply. Where both could be, the
 * `index` line decides. Null otherwise. `earlier`: the patches of the series before it.
 */
export function textBefore(
  file: PatchFile,
  path: string,
  text: string,
  earlier: readonly PatchFile[] = [],
): string | null {
  if (file.hunks.length === 0) return file.status === 'renamed' ? text : null;
  const before = takenBack(file.hunks, text);
  if (file.status === 'added') return before === '' ? before : null;
  if (before === null) return roughlyBefore(file, path, text, earlier);
  if (!appliesCleanly(file, path, text)) return before;
  return matchBlob(blobIdOf(text), file.newBlob) === 'exact' ? before : null;
}

/** The same where the file has changed around the hunks since: they do not apply, and can be taken back with fuzz. */
function roughlyBefore(
  file: PatchFile,
  path: string,
  text: string,
  earlier: readonly PatchFile[],
): string | null {
  // A tree that has no earlier patch has not got this one, whatever it looks like: it may undo the other.
  if (earlier.some((each) => each.newPath === path && applyHunks(each, path, text).ok)) return null;
  const addsAlways = file.hunks.every(({ lines }) =>
    lines.some((line) => line.kind === 'added' && line.text.trim() !== ''),
  );
  if (file.status !== 'modified' || !addsAlways || applyHunks(file, path, text).ok) return null;
  const back = applyHunks(reversed(file), path, text);
  return back.ok && applyHunks(file, path, back.text).ok ? back.text : null;
}

function appliesCleanly(file: PatchFile, path: string, text: string): boolean {
  const applied = applyHunks(file, path, text);
  return applied.ok && applied.image.problems.length === 0;
}

/** The text without what the hunks add and with what they remove; null unless every line of theirs is there. */
function takenBack(hunks: readonly Hunk[], text: string): string | null {
  const lines = text.split(/\r?\n/);
  const file = new FileLines(text.endsWith('\n') ? lines.slice(0, -1) : lines);
  const before: string[] = [];
  let done = 0;
  let drift = 0;
  for (const hunk of hunks) {
    const back = reversedHunk(hunk);
    const found = file.locate(back, done, drift);
    if (!found || found.fuzz > 0) return null;
    before.push(...file.lines.slice(done, found.at));
    before.push(...back.lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text));
    done = found.at + found.length;
    drift = found.offset;
  }
  before.push(...file.lines.slice(done));
  if (before.length > 0 && text.endsWith('\n')) before.push('');
  return before.join('\n');
}
