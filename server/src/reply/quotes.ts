/**
 * What of a mail is quoted: the lines that are commented on, with as much
 * before each as tells where it stands.
 */
import type { Hunk, PatchFile, PatchMessage } from '../patch/index.js';
import { opensQuote, placesOf } from './align.js';

/** Lines of a hunk before the one that is commented on. */
const CONTEXT = 8;
/** So few lines between two quotes are quoted as well. */
const SHORT_GAP = 3;

/** Body lines, both inclusive. */
export interface Quote {
  readonly first: number;
  readonly last: number;
}

/**
 * The quotes of a reply in their order. Each commented line is the last of one,
 * and each quote is found again behind the one before it (`placesOf`).
 */
export function quotesFor(message: PatchMessage, commented: readonly number[]): Quote[] {
  const lines = message.body.map(({ text }) => text);
  const wanted = new Set<number>();
  for (const line of commented) for (const index of contextOf(message, line)) wanted.add(index);
  const ends = new Set(commented);
  let quotes = runsOf(wanted, ends, lines);
  // Each round quotes at least one line more, and all lines together are found where they are.
  for (;;) {
    const wrong = firstWrong(quotes, lines);
    if (wrong < 0) return quotes;
    const start = quotes[wrong]!.first;
    const before = quotes[wrong - 1]?.last ?? -1;
    for (let index = Math.max(before + 1, start - CONTEXT); index < start; index++) wanted.add(index);
    if (before + 1 === start) return quotes;
    quotes = runsOf(wanted, ends, lines);
  }
}

/** The first quote that would be taken for other lines; -1 when there is none. */
function firstWrong(quotes: readonly Quote[], lines: readonly string[]): number {
  const places = placesOf(
    quotes.map(({ first, last }) => lines.slice(first, last + 1)),
    lines,
  );
  return quotes.findIndex(({ first }, index) => places[index] !== first);
}

/** The lines as runs without holes: a run ends under a comment, and where another file or hunk is opened. */
function runsOf(wanted: ReadonlySet<number>, ends: ReadonlySet<number>, lines: readonly string[]): Quote[] {
  const sorted = [...wanted].sort((one, other) => one - other);
  const runs: { first: number; last: number }[] = [];
  for (const index of sorted) {
    const open = runs.at(-1);
    if (open && !ends.has(open.last) && continues(open.last, index, lines)) open.last = index;
    else runs.push({ first: index, last: index });
  }
  return runs;
}

function continues(last: number, index: number, lines: readonly string[]): boolean {
  return index - last <= SHORT_GAP && !lines.slice(last + 1, index + 1).some(opensQuote);
}

/** The line and what is quoted before it. */
function contextOf(message: PatchMessage, line: number): number[] {
  for (const file of message.files)
    for (const hunk of file.hunks) {
      const first = hunk.lines[0]?.bodyLine;
      const last = hunk.lines.at(-1)?.bodyLine;
      if (first === undefined || last === undefined || line < first || line > last) continue;
      const head = headOf(message, first);
      return [
        ...fileHead(message, file),
        ...(head === null ? [] : [head]),
        ...range(Math.max(first, line - CONTEXT), line),
      ];
    }
  return range(paragraphStart(message, line), line);
}

/** The `@@` line above the first line of a hunk. */
function headOf({ body }: PatchMessage, first: number): number | null {
  for (let index = first - 1; index >= 0; index--) if (body[index]!.text.startsWith('@@ ')) return index;
  return null;
}

const FILE_HEADER =
  /^(?:diff |index |--- |\+\+\+ |new file |deleted file |similarity |dissimilarity |rename |copy |old mode |new mode |Index: |=====)/;

/** The header lines of a file, above its first hunk. */
function fileHead(message: PatchMessage, { hunks }: Pick<PatchFile, 'hunks'>): number[] {
  const first = firstLine(hunks);
  const head = first === null ? null : headOf(message, first);
  if (head === null) return [];
  let start = head;
  while (start > 0 && FILE_HEADER.test(message.body[start - 1]!.text)) start--;
  return range(start, head - 1);
}

function firstLine(hunks: readonly Hunk[]): number | null {
  return hunks.find(({ lines }) => lines.length > 0)?.lines[0]?.bodyLine ?? null;
}

/** Of a text the paragraph is quoted up to the line, but no more than the context of code. */
function paragraphStart({ body }: PatchMessage, line: number): number {
  let start = line;
  while (start > 0 && line - start < CONTEXT && body[start - 1]!.text.trim() !== '') start--;
  return start;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
