/**
 * Applies a file's hunks to its pre-image in memory, with offset and fuzz as
 * `patch` does. Lines keep the numbers that the patch's own hunk headers give
 * them, whatever offset they land at.
 */
import type { Hunk, PatchFile } from '../patch/index.js';
import { postImageLines, removedLines } from './fragments.js';
import type { ImageLine, SourceImage } from './image.js';

/** How many lines of context at either end of a hunk may differ. */
const MAX_FUZZ = 2;

export type Applied =
  | { readonly ok: true; readonly image: SourceImage; readonly text: string }
  | { readonly ok: false; readonly why: string; readonly rawLine: number };

/** The post-image of `base` after the file's hunks, or the first hunk that does not apply and what was tried. */
export function applyHunks(file: PatchFile, path: string, base: string): Applied {
  const old = splitLines(base);
  const out: string[] = [];
  const lines: ImageLine[] = [];
  const problems: { rawLine: number; message: string }[] = [];
  let done = 0;
  /** Post-image number of a line of the tree = its place in `out` + 1 + this. */
  let numbering = 0;
  const copy = (to: number): void => {
    for (; done < to; done++) {
      lines.push({
        line: out.length + 1 + numbering,
        rawLine: null,
        bodyLine: null,
        isAdded: false,
        followsRemoval: false,
      });
      out.push(old[done]!);
    }
  };
  for (const hunk of file.hunks) {
    const found = locate(hunk, old, done);
    if (!found)
      return {
        ok: false,
        why: `hunk at line ${hunk.oldStart} of ${path} does not apply (tried every offset, fuzz 0 to ${MAX_FUZZ})`,
        rawLine: hunk.rawLine,
      };
    copy(found.at + found.skip);
    numbering = hunk.newStart - (out.length - found.skip) - 1;
    if (found.offset !== 0 || found.fuzz !== 0) {
      const fuzz = found.fuzz ? ` with fuzz ${found.fuzz}` : '';
      problems.push({
        rawLine: hunk.rawLine,
        message: `${path}: hunk at line ${hunk.oldStart} applies at offset ${found.offset}${fuzz}`,
      });
    }
    const post = postImageLines(hunk);
    for (const line of post.slice(found.skip, post.length - found.skipEnd)) {
      lines.push(line.at);
      out.push(line.text);
    }
    done = found.at + found.length - found.skipEnd;
    numbering = hunk.newStart + post.length - found.skipEnd - out.length - 1;
  }
  copy(old.length);
  const text = out.join('\n');
  return {
    ok: true,
    text,
    image: { path, text, lines, standIns: [], basis: 'applied', removed: removedLines(file), problems },
  };
}

interface Found {
  readonly at: number;
  readonly offset: number;
  readonly fuzz: number;
  /** Context lines at the start and end that the fuzz leaves out. */
  readonly skip: number;
  readonly skipEnd: number;
  readonly length: number;
}

function locate(hunk: Hunk, old: readonly string[], from: number): Found | null {
  const pre = hunk.lines.filter((line) => line.kind !== 'added').map((line) => line.text);
  const leading = hunk.lines.findIndex((line) => line.kind !== 'context');
  const trailing = [...hunk.lines].reverse().findIndex((line) => line.kind !== 'context');
  const wanted = Math.max(0, hunk.oldStart - (pre.length === 0 ? 0 : 1));
  for (let fuzz = 0; fuzz <= MAX_FUZZ; fuzz++) {
    const skip = Math.min(fuzz, Math.max(0, leading));
    const skipEnd = Math.min(fuzz, Math.max(0, trailing));
    if (fuzz > 0 && skip === 0 && skipEnd === 0) break;
    const core = pre.slice(skip, pre.length - skipEnd);
    for (let distance = 0; distance <= old.length; distance++) {
      for (const at of distance === 0 ? [wanted] : [wanted - distance, wanted + distance]) {
        if (at < from || at + pre.length > old.length + skipEnd) continue;
        if (!matches(core, old, at + skip)) continue;
        return { at, offset: at - wanted, fuzz, skip, skipEnd, length: pre.length };
      }
      if (core.length === 0) break;
    }
  }
  return null;
}

function matches(core: readonly string[], old: readonly string[], at: number): boolean {
  for (let index = 0; index < core.length; index++) if (core[index] !== old[at + index]) return false;
  return true;
}

function splitLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines;
}
