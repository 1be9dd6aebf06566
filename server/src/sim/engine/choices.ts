/**
 * Every question that the code does not answer is one choice on a tape: which
 * task runs, whether a call fails, what an unknown value is. A tape determines
 * a run completely.
 */
import type { Site } from '../model/index.js';

export type ChoiceKind = 'schedule' | 'fault' | 'unknown' | 'environment';

export interface Choice {
  readonly kind: ChoiceKind;
  /** How many answers there are; the first is the plainest. */
  readonly count: number;
  readonly taken: number;
  /** What the plainest answer is not: a preemption, a fault, an assumption. */
  readonly cost: number;
  /** Whether any other answer than the first would cost something. */
  readonly isFree: boolean;
  readonly site: Site | null;
  /** What each answer means, in words. */
  readonly meanings: readonly string[];
}

/** The answers of a run in order. A run that wants more answers than there are takes the first of each. */
export type Tape = readonly number[];

/** `0.0.2.1`: trailing plainest answers are left out; `-` for a tape of nothing else. */
export function printTape(tape: Tape): string {
  const last = tape.findLastIndex((each) => each !== 0);
  return last < 0 ? '-' : tape.slice(0, last + 1).join('.');
}

/** Reads what `printTape` wrote; null for anything else. */
export function readTape(text: string): Tape | null {
  if (text === '-') return [];
  if (!/^\d+(?:\.\d+)*$/.test(text)) return null;
  return text.split('.').map(Number);
}

/** Four digits that say which questions a run was asked, so that a tape for other code is told from one for this. */
export function fingerprintOf(choices: readonly Choice[], length: number): string {
  let hash = 0x811c9dc5;
  for (const { kind, count, site } of choices.slice(0, length)) {
    for (const unit of `${kind}${count}${site?.name ?? ''}`) {
      hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
    }
  }
  return ((hash >>> 0) & 0xffff).toString(16).padStart(4, '0');
}
