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

/** What they cost together. */
export function costOf(choices: readonly Choice[]): number {
  return choices.reduce((sum, { cost }) => sum + cost, 0);
}

/** The answers of a run in order. A run that wants more answers than there are takes the first of each. */
export type Tape = readonly number[];

/** `0.0.2.1`: trailing plainest answers are left out; `-` for a tape of nothing else. */
export function printTape(tape: Tape): string {
  const answers = answersOf(tape);
  return answers.length === 0 ? '-' : answers.join('.');
}

/** A tape up to its last answer that is not the plainest. */
export function answersOf(tape: Tape): Tape {
  return tape.slice(0, tape.findLastIndex((each) => each !== 0) + 1);
}

/** Reads what `printTape` wrote; null for anything else. */
export function readTape(text: string): Tape | null {
  if (text === '-') return [];
  if (!/^\d+(?:\.\d+)*$/.test(text)) return null;
  return text.split('.').map(Number);
}

/** A tape by the name under which a trace gives it. */
export interface TapeId {
  readonly tape: Tape;
  /** Of the questions that it answers; null when only the answers are given. */
  readonly fingerprint: string | null;
}

/** `0.1~ab12`: the answers, and which questions they answer. */
export function printTapeId(tape: Tape, choices: readonly Choice[]): string {
  return `${printTape(tape)}~${fingerprintOf(tape, choices)}`;
}

/** Reads what `printTapeId` or `printTape` wrote; null for anything else. */
export function readTapeId(text: string): TapeId | null {
  const [, answers = '', fingerprint = null] = /^([^~]*)(?:~([\da-f]{4}))?$/.exec(text) ?? [];
  const tape = readTape(answers);
  return tape && { tape, fingerprint };
}

/**
 * Four digits that say which questions a tape answers, so that a tape for
 * other code is told from one for this. A tape of plain answers alone is held
 * against all questions of its run: it would fit any code.
 */
function fingerprintOf(tape: Tape, choices: readonly Choice[]): string {
  const { length } = answersOf(tape);
  let hash = 0x811c9dc5;
  for (const { kind, count, site } of length === 0 ? choices : choices.slice(0, length)) {
    for (const unit of `${kind}${count}${site?.name ?? ''}`) {
      hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193);
    }
  }
  return ((hash >>> 0) & 0xffff).toString(16).padStart(4, '0');
}
