/**
 * Applies a file's hunks to its pre-image in memory, with offset and fuzz as
 * `patch` does. Lines keep the numbers that the patch's own hunk headers give
 * them, whatever offset they land at. Line ends become `\n`: a base with CRLF
 * takes a patch without, and the other way round.
 */
import type { Hunk, PatchFile } from '../patch/index.js';
import { postImageLines, removedLines } from './fragments.js';
import type { ImageLine, SourceImage } from './image.js';
import { FileLines, type Found, MAX_FUZZ } from './locate-hunk.js';

export type Applied =
  | { readonly ok: true; readonly image: SourceImage; readonly text: string }
  | { readonly ok: false; readonly why: string; readonly rawLine: number };

/** The post-image of `base` after the file's hunks, or the first hunk that does not apply and what was tried. */
export function applyHunks(file: PatchFile, path: string, base: string): Applied {
  const application = new Application(path, base);
  for (const [index, hunk] of file.hunks.entries()) {
    if (application.apply(hunk)) continue;
    const which = file.hunks.length > 1 ? `hunk ${index + 1} of ${file.hunks.length}` : 'the hunk';
    return {
      ok: false,
      why: `${which}, at line ${hunk.oldStart} of ${path}, does not apply (tried every offset, fuzz 0 to ${MAX_FUZZ})`,
      rawLine: hunk.rawLine,
    };
  }
  const { text, lines, problems } = application.finish();
  const removed = removedLines(file);
  return { ok: true, text, image: { path, text, lines, standIns: [], basis: 'applied', removed, problems } };
}

class Application {
  private readonly old: FileLines;
  private readonly out: string[] = [];
  private readonly lines: ImageLine[] = [];
  private readonly problems: { rawLine: number; message: string }[] = [];
  /** Lines of the base that are dealt with. */
  private done = 0;
  /** Offset of the last hunk: the next one is looked for as far off. */
  private drift = 0;
  /** Number in the post-image of the next line that only the base has; null before the first hunk. */
  private next: number | null = null;
  private endsInNewline: boolean;

  constructor(
    private readonly path: string,
    base: string,
  ) {
    const lines = base.split(/\r?\n/);
    this.endsInNewline = lines.at(-1) === '';
    if (this.endsInNewline) lines.pop();
    this.old = new FileLines(lines);
  }

  /** Whether the hunk applied. */
  apply(hunk: Hunk): boolean {
    const found = this.old.locate(hunk, this.done, this.drift);
    if (!found) return false;
    this.drift = found.offset;
    if (found.offset !== 0 || found.fuzz !== 0) this.note(hunk, found);
    // Lines before the first hunk are counted back from it, as the hunk's own header counts them.
    this.next ??= firstLine(hunk) - found.at;
    this.copy(Math.max(this.done, found.at));
    this.next = firstLine(hunk) + Math.max(0, this.done - found.at);
    this.copy(found.at + found.skip);
    const post = postImageLines(hunk);
    const shown = post.slice(found.skip, post.length - found.skipEnd);
    for (const { text, at } of shown) {
      this.out.push(text);
      this.lines.push(at);
    }
    this.done = found.at + found.length - found.skipEnd;
    this.next = firstLine(hunk) + post.length - found.skipEnd;
    if (this.done === this.old.lines.length && found.skipEnd === 0)
      this.endsInNewline = !hunk.lines.some((line) => line.kind !== 'removed' && line.noNewline);
    return true;
  }

  finish(): { text: string; lines: ImageLine[]; problems: { rawLine: number; message: string }[] } {
    this.next ??= 1;
    this.copy(this.old.lines.length);
    // A text that ends in a newline has one more line, the empty one; so has a text without any.
    if (this.out.length === 0 || this.endsInNewline) {
      this.out.push('');
      this.lines.push(treeLine(this.next));
    }
    return { text: this.out.join('\n'), lines: this.lines, problems: this.problems };
  }

  /** Takes over lines of the base up to `to`. */
  private copy(to: number): void {
    for (; this.done < to; this.done++) {
      this.lines.push(treeLine(this.next!++));
      this.out.push(this.old.lines[this.done]!);
    }
  }

  private note(hunk: Hunk, { offset, fuzz }: Found): void {
    const { path } = this;
    const withFuzz = fuzz ? ` with fuzz ${fuzz}` : '';
    const message = `${path}: hunk at line ${hunk.oldStart} applies at offset ${offset}${withFuzz}`;
    this.problems.push({ rawLine: hunk.rawLine, message });
  }
}

/** The header counts the line after which it inserts when the post-image has no lines. */
function firstLine(hunk: Hunk): number {
  return hunk.lines.some(({ kind }) => kind !== 'removed') ? hunk.newStart : hunk.newStart + 1;
}

/** An offset moves lines of the base above line 1, where the patch knows none. */
function treeLine(number: number): ImageLine {
  const line = Math.max(1, number);
  return { line, rawLine: null, bodyLine: null, isAdded: false, followsRemoval: false };
}
