/**
 * Lines that are known of a file of which others are not, in order of their
 * numbers: whether a hunk agrees with them, and where else it would.
 */
import type { PlacedLine, Run } from './fragments.js';

export interface KnownLine extends PlacedLine {
  /** Line in the file as the patches so far leave it, from 1. */
  readonly number: number;
  /** The patch that its place is in: the one that adds it, else the first that shows it. */
  readonly patch: number;
  /** The line behind the `@@` of the last hunk that begins with this line; '' when none does. */
  readonly section: string;
}

/** Fewer lines that agree may do so by chance: every function has its `return ret;`. */
const FEWEST_MATCHES = 2;
/** A line that stands more often than that does not tell where a hunk belongs; nor do blank ones and braces. */
const MOST_PLACES = 50;
/** Offsets that are looked at, those for which most lines speak first. */
const MOST_OFFSETS = 100;

/** Index of the first line whose number is not below `number`. */
export function indexOfNumber(known: readonly KnownLine[], number: number): number {
  let low = 0;
  for (let high = known.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (known[middle]!.number < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether nothing that is known contradicts that the lines `old` begin at line `at`. */
export function agrees(known: readonly KnownLine[], old: readonly string[], at: number): boolean {
  for (let index = indexOfNumber(known, at); index < known.length; index++) {
    const { number, text } = known[index]!;
    if (number >= at + old.length) break;
    if (text !== old[number - at]) return false;
  }
  return true;
}

/**
 * The line, not before `from`, at which the lines `old` agree with the most of
 * what is known; null when there is no such line, or more than one.
 */
export function bestPlace(known: readonly KnownLine[], old: readonly string[], from: number): number | null {
  const votes = new Map<number, number>();
  const places = placesByText(known, from);
  for (const [index, text] of old.entries()) {
    const numbers = /\w/.test(text) ? (places.get(text) ?? []) : [];
    if (numbers.length > MOST_PLACES) continue;
    for (const number of numbers) votes.set(number - index, (votes.get(number - index) ?? 0) + 1);
  }
  const candidates = [...votes]
    .filter(([at, count]) => at >= from && count >= FEWEST_MATCHES)
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_OFFSETS);
  const best = candidates.find(([at]) => agrees(known, old, at));
  if (!best) return null;
  const isSingle = candidates.every(
    ([at, count]) => at === best[0] || count < best[1] || !agrees(known, old, at),
  );
  return isSingle ? best[0] : null;
}

/** The maximal runs of lines that follow one another. */
export function runsOf(known: readonly KnownLine[]): Run[] {
  const runs: { lines: PlacedLine[]; section: string }[] = [];
  for (const [index, line] of known.entries()) {
    const follows = index > 0 && known[index - 1]!.number === line.number - 1;
    if (follows) runs.at(-1)!.lines.push(line);
    else runs.push({ lines: [line], section: line.section });
  }
  return runs;
}

function placesByText(known: readonly KnownLine[], from: number): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let index = indexOfNumber(known, from); index < known.length; index++) {
    const { number, text } = known[index]!;
    const numbers = places.get(text);
    if (numbers) numbers.push(number);
    else places.set(text, [number]);
  }
  return places;
}
