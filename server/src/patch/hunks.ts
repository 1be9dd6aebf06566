/**
 * One hunk: its `@@` line and the lines under it, numbered as the header
 * says. Where the hunk ends is measured in hunk-extent.ts.
 */
import { extentOf } from './hunk-extent.js';
import type { BodyLine, Hunk, HunkLine, Problem } from './types.js';

const HUNK_HEADER = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(.*)$/s;

/** A hunk and the index of the body line after it. */
export interface HunkRead {
  /** Null when the `@@` line cannot be understood. */
  readonly hunk: Hunk | null;
  readonly next: number;
}

/** Reads the hunk whose `@@` line is `body[at]`. */
export function readHunk(body: readonly BodyLine[], at: number, to: number, problems: Problem[]): HunkRead {
  const { text, rawLine } = body[at]!;
  const match = HUNK_HEADER.exec(text);
  if (!match) {
    problems.push({ line: rawLine, message: `not a hunk header: ${text.slice(0, 60)}` });
    return { hunk: null, next: at + 1 };
  }
  const header = {
    oldStart: Number(match[1]),
    oldCount: Number(match[2] ?? 1),
    newStart: Number(match[3]),
    newCount: Number(match[4] ?? 1),
    section: match[5]!.trim(),
    rawLine,
  };
  const extent = extentOf(body, at + 1, to, header);
  for (const stray of extent.strays) problems.push(strayProblem(body[stray]!));
  const skipped = new Set(extent.strays);
  const lines = numberedLines(body, at + 1, extent.end, header, skipped, problems);
  if (!extent.honest) problems.push(lieProblem(header, lines, extent.end >= body.length));
  return { hunk: { ...header, lines }, next: extent.end };
}

function numberedLines(
  body: readonly BodyLine[],
  from: number,
  to: number,
  start: { oldStart: number; newStart: number },
  skipped: ReadonlySet<number>,
  problems: Problem[],
): HunkLine[] {
  const lines: HunkLine[] = [];
  let { oldStart: oldLine, newStart: newLine } = start;
  for (let at = from; at < to; at++) {
    if (skipped.has(at)) continue;
    const { text, rawLine } = body[at]!;
    const mark = text[0];
    if (mark === '\\') {
      const last = lines.pop();
      if (last) lines.push({ ...last, noNewline: true });
      continue;
    }
    const kind = mark === '+' ? 'added' : mark === '-' ? 'removed' : 'context';
    if (mark === '\t')
      problems.push({ line: rawLine, message: 'the space before this context line is lost' });
    lines.push({
      kind,
      text: mark === '\t' ? text : text.slice(1),
      oldLine: kind === 'added' ? null : oldLine++,
      newLine: kind === 'removed' ? null : newLine++,
      rawLine,
      bodyLine: at,
      noNewline: false,
    });
  }
  return lines;
}

function strayProblem({ text, rawLine }: BodyLine): Problem {
  const message = `a hunk line begins with a space, + or -; this one looks wrapped by a mail program: ${text.slice(0, 40)}`;
  return { line: rawLine, message };
}

function lieProblem(header: Omit<Hunk, 'lines'>, lines: readonly HunkLine[], atEnd: boolean): Problem {
  const before = lines.filter(({ oldLine }) => oldLine !== null).length;
  const after = lines.filter(({ newLine }) => newLine !== null).length;
  const tooFew = before <= header.oldCount && after <= header.newCount;
  const message =
    `the hunk header announces ${header.oldCount} old and ${header.newCount} new lines, ` +
    `but ${before} and ${after} follow${tooFew && atEnd ? ': the input is cut off' : ''}`;
  return { line: header.rawLine, message };
}
