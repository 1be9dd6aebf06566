/**
 * What came of running the reference designs: a cell for each row of the
 * matrix of designs and scenarios, and what each scenario of it showed.
 */
import type { Confidence, Severity } from './finding.js';
import type { ScenarioVerdict } from './flow.js';
import type { Trace } from './trace.js';

/** A broken rule, and where in the design. */
export interface CellBreach {
  /** Id of what was watched. */
  readonly monitor: string;
  /** The same in words. */
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What happened, beginning with a verb or a name. */
  readonly message: string;
  readonly function: string;
  readonly file: string;
  readonly line: number | null;
  readonly related: readonly {
    readonly file: string;
    readonly line: number;
    readonly message: string;
  }[];
  /** Names the run that shows it; null where only another scenario does. */
  readonly tape: string | null;
}

/** What one scenario said of a design. */
export interface CellScenario extends ScenarioVerdict {
  readonly story: string;
  readonly breaches: readonly CellBreach[];
  /** The scenario whose run shows what breaks, when it is another one. */
  readonly shownBy: string | null;
  /** Of the first breach up to there, or all of the run that was asked for; without what only makes the world. */
  readonly trace: Trace | null;
}

export interface DesignCell {
  readonly design: string;
  readonly row: string;
  /** Under which circumstances; null for the only ones. */
  readonly when: string | null;
  /** The patch that makes the form of the design that is run; lines count in that. Null for the design as it is. */
  readonly changedBy: string | null;
  readonly verdict: ScenarioVerdict['verdict'];
  /** Ids of what broke, each once. */
  readonly monitors: readonly string[];
  readonly explored: ScenarioVerdict['explored'];
  /** Of the first counterexample; null when there is none. */
  readonly tape: string | null;
  /** What came out, and where, in a sentence. */
  readonly text: string;
  readonly runs: number;
  readonly scenarios: readonly CellScenario[];
}
