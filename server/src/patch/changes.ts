/** What a patch changes, run by run: lines that it takes out and puts in at one place, and how much of it is code. */
import type { Hunk, HunkLine, PatchFile } from './types.js';

export interface ChangeRun {
  readonly file: PatchFile;
  readonly hunk: Hunk;
  readonly removed: readonly HunkLine[];
  readonly added: readonly HunkLine[];
  /** `blank`: empty lines only; `spacing`: the same but for blanks; `comment`: nothing but comments; `code`: the rest. */
  readonly kind: 'blank' | 'spacing' | 'comment' | 'code';
  /** Where a reader sees it: its first added line, or the line that follows what is taken out. */
  readonly at: HunkLine | null;
  /** Lines of context to the nearest run of code in the same hunk; null when there is none. */
  readonly distance: number | null;
  /** Whether it puts an empty line beside another one, before a closing brace or behind an opening one. */
  readonly isUntidy: boolean;
}

/** All runs of a file, in order. */
export function changeRuns(file: PatchFile): ChangeRun[] {
  return file.hunks.flatMap((hunk) => runsIn(file, hunk));
}

type Draft = Omit<ChangeRun, 'distance'> & { readonly first: number; readonly last: number };

function runsIn(file: PatchFile, hunk: Hunk): ChangeRun[] {
  const drafts: Draft[] = [];
  const { lines } = hunk;
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]!.kind === 'context') continue;
    let end = at;
    while (end < lines.length && lines[end]!.kind !== 'context') end++;
    const run = lines.slice(at, end);
    const removed = run.filter(({ kind }) => kind === 'removed');
    const added = run.filter(({ kind }) => kind === 'added');
    drafts.push({
      ...{ file, hunk, removed, added, kind: kindOf(removed, added) },
      ...{ at: added[0] ?? lines[end] ?? lines[at - 1] ?? null, first: at, last: end - 1 },
      isUntidy: isUntidy(added, lines[at - 1], lines[end]),
    });
    at = end;
  }
  return drafts.map(({ first, last, ...run }) => ({ ...run, distance: distanceOf(first, last, drafts) }));
}

function isUntidy(
  added: readonly HunkLine[],
  above: HunkLine | undefined,
  below: HunkLine | undefined,
): boolean {
  if (!added.some(({ text }) => text.trim() === '')) return false;
  const isNextToNothing = [above, below].some((line) => line?.text.trim() === '');
  return isNextToNothing || /\{\s*$/.test(above?.text ?? '') || /^\s*\}/.test(below?.text ?? '');
}

function distanceOf(first: number, last: number, drafts: readonly Draft[]): number | null {
  const gaps = drafts
    .filter((each) => each.kind === 'code' && each.first !== first)
    .map((each) => (each.first > last ? each.first - last - 1 : first - each.last - 1));
  return gaps.length > 0 ? Math.min(...gaps) : null;
}

function kindOf(removed: readonly HunkLine[], added: readonly HunkLine[]): ChangeRun['kind'] {
  const all = [...removed, ...added];
  if (all.every(({ text }) => text.trim() === '')) return 'blank';
  const squeezed = (lines: readonly HunkLine[]): string =>
    lines.map(({ text }) => text.replace(/\s+/g, '')).join('');
  if (squeezed(removed) === squeezed(added)) return 'spacing';
  return all.every(({ text }) => /^\s*(?:\/\*|\*|\/\/|$)/.test(text)) ? 'comment' : 'code';
}

/** An error number that a patch replaces by another one, in a line that is the same otherwise. */
export interface ErrnoChange {
  readonly from: string;
  readonly to: string;
  readonly at: HunkLine;
}

/** Lines of a run that is more than a change of some of them. */
const REWRITE = 16;

const ERRNO = /-E[A-Z]{2,}\b/g;

export function errnoChanges(file: PatchFile): ErrnoChange[] {
  return changeRuns(file).flatMap(({ removed, added }) => {
    // In a rewrite lines that look alike need not be the same.
    if (removed.length + added.length > REWRITE) return [];
    return added.flatMap((line, index): ErrnoChange[] => {
      const to = line.text.match(ERRNO) ?? [];
      const before = removed.findIndex(
        (each, at) =>
          shapeOf(each) === shapeOf(line) &&
          ERRNO_IN.test(each.text) &&
          // Behind another condition it is another failure.
          shapeOf(removed[at - 1]) === shapeOf(added[index - 1]),
      );
      const from = removed[before]?.text.match(ERRNO) ?? [];
      if (to.length !== 1 || from.length !== 1 || from[0] === to[0]) return [];
      return [{ from: from[0]!, to: to[0]!, at: line }];
    });
  });
}

/** A line without its error number and its blanks. */
function shapeOf(line: HunkLine | undefined): string {
  return (line?.text ?? '').replace(ERRNO, '').replace(/\s+/g, '');
}

const ERRNO_IN = /-E[A-Z]{2,}\b/;
