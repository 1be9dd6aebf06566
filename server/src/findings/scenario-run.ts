/**
 * One run of a scenario, with the questions that it left open: what was
 * answered, and what else could have been. Whoever looks at it may ask for the
 * run in which another answer is given.
 */
import type { OperationName } from './driver-report.js';
import type { Confidence } from './finding.js';
import type { ScenarioVerdict } from './flow.js';
import type { Trace } from './trace.js';

/** A question of a run: who goes on, whether a call fails. */
export interface ChoicePoint {
  /** Its place on the tape, from 0. */
  readonly at: number;
  /** Number of the step that tells what came of it. */
  readonly step: number;
  readonly kind: 'schedule' | 'fault' | 'unknown' | 'environment';
  /** The code before which it is asked; empty when it is no code that asks. */
  readonly code: string;
  /** `iommu-sva-lib.c:149`; empty like `code`. */
  readonly place: string;
  /** In words; the first is the plainest. */
  readonly answers: readonly string[];
  /** Which of them was given. */
  readonly taken: number;
}

/** What may be varied in the world of a scenario. */
export interface WorldVariant {
  readonly id: string;
  readonly title: string;
  readonly isOn: boolean;
  /** The scenario with this one switched the other way; null when it cannot be. */
  readonly other: string | null;
  /** Why it cannot; empty when it can. */
  readonly why: string;
}

export interface ScenarioRun {
  /** Of a programme of a driver, the operation that it is played with. */
  readonly operation?: OperationName;
  /** Its id, with what is varied in its world: `bind-bind+failures`. */
  readonly scenario: string;
  readonly story: string;
  /** Of all its runs when they were explored; of the one run when a tape was given. */
  readonly verdict: ScenarioVerdict;
  /** What breaks in the run, or is said to break when only another scenario's run shows it; null for nothing. */
  readonly breach: {
    readonly title: string;
    readonly confidence: Confidence;
    readonly message: string;
  } | null;
  readonly trace: Trace;
  /** To all questions, in order, those of the making of the world too. */
  readonly answers: readonly number[];
  readonly choices: readonly ChoicePoint[];
  readonly variants: readonly WorldVariant[];
  /** Files of the trace that nobody has: those of the world, of the scenario, of a reference design. */
  readonly sources: readonly RunSource[];
}

export interface RunSource {
  /** As steps of the trace name it. */
  readonly file: string;
  readonly text: string;
}

/** Which run is wanted. */
export interface RunQuestion {
  /** A reference design to run in place of the code under review; null for that. */
  readonly design: string | null;
  /** The operation of a driver whose programme the scenario is; left out for what binds and unbinds. */
  readonly operation?: OperationName;
  readonly scenario: string;
  /** Null: all runs are explored, and the first that breaks a rule is shown, or else the plainest. */
  readonly tape: string | null;
  /** Whether the tape is of the same scenario without `+failures`. */
  readonly isBeforeFailures: boolean;
}

/** `none`: there is no such run, because. */
export type RunAnswer =
  | { readonly kind: 'run'; readonly run: ScenarioRun }
  | { readonly kind: 'none'; readonly why: string };

/** The tape of the run that gives another answer to one question, and the plainest to all after it. */
export function tapeWith(answers: readonly number[], at: number, answer: number): string {
  const tape = [...answers.slice(0, at), answer];
  const length = tape.findLastIndex((each) => each !== 0) + 1;
  return length === 0 ? '-' : tape.slice(0, length).join('.');
}
