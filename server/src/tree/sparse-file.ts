/**
 * A file as far as the patches of a series show it. The hunks of patch after
 * patch are laid over what is known: they insert, take out, confirm, and move
 * what stands under them. In a well-formed series their numbers fit; where
 * they do not, as when a mail of the series is missing, what is known says
 * where a hunk belongs, or is given up.
 */
import type { Hunk, PatchFile } from '../patch/index.js';
import { type PlacedLine, postImageLines, removedLines } from './fragments.js';
import type { SourceImage } from './image.js';
import { agrees, bestPlace, indexOfNumber, type KnownLine } from './known-lines.js';

type Problems = SourceImage['problems'];

/** How far what is known lies from where the headers of hunks say, for those from a line on. */
interface Drift {
  /** As the headers count it. */
  readonly from: number;
  readonly by: number;
}

const NO_DRIFT: Drift = { from: 0, by: 0 };

export interface SparseFile {
  readonly known: readonly KnownLine[];
  /** What the patches take out of it, line by line. */
  readonly removed: readonly string[];
  readonly problems: Problems;
  readonly drift: Drift;
}

/** A file of which nothing is known yet. */
export const UNSEEN: SparseFile = { known: [], removed: [], problems: [], drift: NO_DRIFT };

/** The file after one patch's hunks. */
export function afterHunks(before: SparseFile, file: PatchFile, path: string, patch: number): SparseFile {
  const overlay = new HunkOverlay(before, path, patch);
  for (const hunk of file.hunks) overlay.lay(hunk);
  return {
    ...overlay.finish(),
    removed: [...before.removed, ...removedLines(file)],
    problems: [...before.problems, ...overlay.problems],
  };
}

class HunkOverlay {
  readonly problems: { rawLine: number; message: string }[] = [];
  private readonly out: KnownLine[] = [];
  private known: readonly KnownLine[];
  private drift: Drift;
  /** Known lines that are dealt with. */
  private done = 0;
  /** The first line of the pre-image that no hunk has dealt with. */
  private next = 1;
  /** Lines that the hunks so far add, less those that they take out. */
  private shift = 0;
  /** The same above the line from which the drift counts. */
  private shiftAboveDrift = 0;

  constructor(
    before: SparseFile,
    private readonly path: string,
    private readonly patch: number,
  ) {
    this.known = before.known;
    this.drift = before.drift;
  }

  lay(hunk: Hunk): void {
    const old = hunk.lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text);
    const at = this.place(hunk, old);
    if (at === null) return;
    this.keepTo(indexOfNumber(this.known, at));
    const post = postImageLines(hunk);
    this.tellUnevenNumbers(hunk, old.length, post);
    this.next = at + old.length;
    let number = at;
    let fresh = 0;
    for (const { kind } of hunk.lines) {
      const before =
        kind !== 'added' && this.known[this.done]?.number === number ? this.known[this.done++] : undefined;
      if (kind !== 'removed') {
        const section = (fresh === 0 && hunk.section) || (before?.section ?? '');
        this.put(post[fresh]!, at + this.shift + fresh++, section, before);
      }
      if (kind !== 'added') number++;
    }
    const growth = post.length - old.length;
    this.shift += growth;
    if (hunk.oldStart < this.drift.from) this.shiftAboveDrift += growth;
  }

  finish(): Pick<SparseFile, 'known' | 'drift'> {
    this.keepTo(this.known.length);
    const { from, by } = this.drift;
    return { known: this.out, drift: { from: from + this.shiftAboveDrift, by } };
  }

  /** One line of the hunk; `before`: the same line as it was known already, which keeps its place. */
  private put({ text, at }: PlacedLine, number: number, section: string, before?: KnownLine): void {
    const place = { ...(before?.at ?? at), line: number };
    this.out.push({ text, number, at: place, patch: before?.patch ?? this.patch, section });
  }

  /** Takes over what is known up to an index, where the hunks so far have moved it. */
  private keepTo(index: number): void {
    for (; this.done < index; this.done++) {
      const line = this.known[this.done]!;
      const number = line.number + this.shift;
      this.out.push(this.shift === 0 ? line : { ...line, number, at: { ...line.at, line: number } });
    }
  }

  /** The line of the pre-image that the hunk begins at; null when it cannot be told. */
  private place(hunk: Hunk, old: readonly string[]): number | null {
    const said = firstOldLine(hunk, old);
    // What adjoins the run from which the drift counts lies as far off as the run.
    const isDrifted = said + old.length >= this.drift.from;
    const expected = said + (isDrifted ? this.drift.by : 0);
    if (expected >= this.next && agrees(this.known, old, expected)) {
      if (isDrifted) this.drift = { ...this.drift, from: Math.min(this.drift.from, said) };
      return expected;
    }
    const found = bestPlace(this.known, old, this.next);
    if (found === null) return this.giveUp(hunk, said, Math.min(said, expected));
    const { start } = this.runAt(found);
    const by = found - said;
    this.drift = { from: Math.min(found, Math.max(start, this.next)) - by, by };
    this.shiftAboveDrift = this.shift;
    this.tell(hunk, `belongs at offset ${by}, by what earlier patches show`);
    return found;
  }

  /** Nothing known from the run on that line `from` lies in can be relied on. */
  private giveUp(hunk: Hunk, said: number, from: number): number | null {
    const { index, start } = this.runAt(from);
    this.keepTo(index);
    const dropped = this.known.length - index;
    this.known = this.known.slice(0, index);
    this.drift = NO_DRIFT;
    const loss = dropped > 0 ? `; what they show from line ${start} on is left out` : '';
    if (said < this.next) {
      this.tell(hunk, `begins before the end of the hunk above it and is left out${loss}`);
      return null;
    }
    this.tell(hunk, `does not fit what earlier patches show${loss}`);
    return said;
  }

  /** Where the run of known lines that a line lies in or adjoins begins, as far as no hunk has dealt with it. */
  private runAt(number: number): { readonly index: number; readonly start: number } {
    let index = Math.max(this.done, indexOfNumber(this.known, number));
    let edge = number;
    while (index > this.done && this.known[index - 1]!.number === edge - 1) {
      index--;
      edge--;
    }
    return { index, start: this.known[index]?.number ?? edge };
  }

  /** Two hunks of one patch that are numbered as if there were more or less between them. */
  private tellUnevenNumbers(hunk: Hunk, oldLength: number, post: readonly PlacedLine[]): void {
    const said = post.length > 0 ? hunk.newStart : hunk.newStart + 1;
    const expected = hunk.oldStart + (oldLength > 0 ? 0 : 1) + this.shift;
    if (said !== expected)
      this.tell(
        hunk,
        `is numbered from ${said} in the new file, where the hunks above it make that ${expected}`,
      );
  }

  private tell({ oldStart, rawLine }: Hunk, what: string): void {
    const message = `${this.path}: hunk at line ${oldStart} of patch ${this.patch} ${what}`;
    this.problems.push({ rawLine, message });
  }
}

/** The header counts the line after which it inserts when the pre-image has no lines. */
function firstOldLine({ oldStart }: Hunk, old: readonly string[]): number {
  return old.length > 0 ? Math.max(1, oldStart) : oldStart + 1;
}
