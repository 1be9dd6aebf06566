/**
 * How far a hunk reaches. The counts of its header decide, for only they tell
 * a removed `-- x` from the next file's `--- x` and from a mail signature; when
 * they lie, the lines themselves are followed and the lie is told.
 */
import type { BodyLine } from './types.js';

/** The lines after a hunk header that belong to the hunk. */
export interface Extent {
  /** Index of the first body line that does not. */
  readonly end: number;
  /** Whether the lines are as many as the header says. */
  readonly honest: boolean;
  /** Body lines in between that are no hunk lines: the tails of lines a mail program wrapped. */
  readonly strays: readonly number[];
}

/** Counts of a hunk header. */
export interface Counts {
  readonly oldCount: number;
  readonly newCount: number;
}

/** Measures the hunk whose first line is `body[from]`; nothing from `body[to]` on belongs to it. */
export function extentOf(body: readonly BodyLine[], from: number, to: number, counts: Counts): Extent {
  const counted = byCounts(body, from, to, counts);
  if (!counted) {
    const strays = isWrapped(body, from, to) ? [from] : [];
    return { end: byLooks(body, from + strays.length, to, false), honest: false, strays };
  }
  const further = byLooks(body, counted.end, to, true);
  if (!goesOn(body, counted.end, further)) return { ...counted, honest: true };
  return { end: further, honest: false, strays: counted.strays };
}

/** Whether lines after the counted ones are the hunk's: changes, or context right above the next heading. */
function goesOn(body: readonly BodyLine[], from: number, to: number): boolean {
  let hasText = false;
  for (let at = from; at < to; at++) {
    if (/^[+-]/.test(body[at]!.text)) return true;
    hasText ||= body[at]!.text.trim() !== '';
  }
  return hasText && /^(?:@@ -|diff |-- ?$)/.test(body[to]?.text ?? '');
}

/** Whether `--- x` and `+++ y` stand here, as before the first hunk of a file. */
export function isFilePair(body: readonly BodyLine[], at: number, to: number): boolean {
  return at + 1 < to && /^--- \S/.test(body[at]!.text) && /^\+\+\+ \S/.test(body[at + 1]!.text);
}

/** Reads on until both counts are used up; null when the lines do not allow that. */
function byCounts(
  body: readonly BodyLine[],
  from: number,
  to: number,
  counts: Counts,
): { end: number; strays: readonly number[] } | null {
  let { oldCount, newCount } = counts;
  const strays: number[] = [];
  let at = from;
  for (; oldCount > 0 || newCount > 0; at++) {
    if (at >= to) return null;
    const text = body[at]!.text;
    const kind = text[0] ?? ' ';
    // A tab stands where a mail program ate the space before it.
    if (kind === ' ' || kind === '\t') {
      oldCount--;
      newCount--;
    } else if (kind === '-') {
      const isLast = oldCount === 1 && newCount === 0;
      if (isSignature(body, at, to, isLast)) return null;
      if (isNextFile(body, at, to) && !(oldCount === 1 && newCount === 1)) return null;
      oldCount--;
    } else if (kind === '+') newCount--;
    else if (kind !== '\\') {
      if (!isWrapped(body, at, to)) return null;
      strays.push(at);
    }
    if (oldCount < 0 || newCount < 0) return null;
  }
  while (at < to && body[at]!.text.startsWith('\\')) at++;
  return { end: at, strays };
}

/** Follows the lines as long as they look like a hunk's; empty ones at the end belong to the text around it. */
function byLooks(body: readonly BodyLine[], from: number, to: number, stopAtEmpty: boolean): number {
  let at = from;
  for (; at < to; at++) {
    const text = body[at]!.text;
    if (text === '') {
      if (stopAtEmpty) break;
      continue;
    }
    if (!/^[ +\-\\]/.test(text) || text === '---') break;
    // After a complete hunk two dashes are a signature, a separator or the armour of one.
    if (stopAtEmpty ? text.startsWith('--') : isSignature(body, at, to, false) || isNextFile(body, at, to))
      break;
  }
  while (at > from && body[at - 1]!.text === '') at--;
  return at;
}

/** Whether another file begins here; a removed `-- x` above an added `++ y` looks so too, but for the `@@` line. */
function isNextFile(body: readonly BodyLine[], at: number, to: number): boolean {
  return isFilePair(body, at, to) && (body[at + 2]?.text ?? '@@ -').startsWith('@@ -');
}

/** Whether `-- ` stands here and what follows is no diff any more; `completes`: as a removed line it would end the hunk. */
function isSignature(body: readonly BodyLine[], at: number, to: number, completes: boolean): boolean {
  if (!/^-- ?$/.test(body[at]!.text)) return false;
  let next = at + 1;
  while (next < to && body[next]!.text === '') next++;
  if (next >= to) return !completes;
  return !/^(?:[ +\-\\@]|diff |Index: |From )/.test(body[next]!.text);
}

/** Whether the line is the tail of the wrapped line before it: text between two hunk lines, and no heading. */
function isWrapped(body: readonly BodyLine[], at: number, to: number): boolean {
  if (at + 1 >= to || /^(?:[ +\-\\\t]|$|@@|diff |Index: |=====|_____|From )/.test(body[at]!.text))
    return false;
  return /^(?:[ +-]|@@ -)/.test(body[at - 1]?.text ?? '') && /^[ \t+-]/.test(body[at + 1]!.text);
}
