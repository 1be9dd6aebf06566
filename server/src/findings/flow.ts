/**
 * What came of running functions on the simulated kernel, function by
 * function: also where nothing broke, and how far was looked.
 */
import type { Confidence, Region, Related, Severity, Source } from './finding.js';
import { counted } from './text.js';
import type { Trace } from './trace.js';

/** What one scenario said of a function. */
export interface ScenarioVerdict {
  /** `alone`: the function by itself, from any input, with every call that can fail failing in turn. */
  readonly id: string;
  readonly verdict: 'violated' | 'held' | 'not-modelled';
  readonly explored: 'completely' | 'to-bound';
  readonly runs: number;
  /** Which bound, or why it could not be modelled; empty when all was explored. */
  readonly why: string;
}

/** A function under review, and the scenarios that it was run in. */
export interface Flow {
  readonly function: string;
  readonly file: string;
  /** What it is in the IOMMU world, in words; null for most. */
  readonly role: string | null;
  readonly scenarios: readonly ScenarioVerdict[];
}

/** A broken rule, with the run that shows it. */
export interface FlowBreach {
  /** Id of what was watched. */
  readonly monitor: string;
  /** The same in words. */
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What happened, beginning with a verb or a name. */
  readonly message: string;
  readonly region: Region;
  readonly source: Source | null;
  readonly related: readonly Related[];
  readonly assumptions: readonly string[];
  /** Whether the patch brings it in; null where there is nothing to compare with. */
  readonly isIntroduced: boolean | null;
  readonly trace: Trace;
}

/** One function run by itself: all of its runs, or the one that was asked for by its tape. */
export interface FlowReport {
  readonly flow: Flow;
  readonly scenario: ScenarioVerdict;
  /** Where its name stands. */
  readonly region: Region | null;
  readonly source: Source | null;
  readonly breaches: readonly FlowBreach[];
  /** The run of the tape that was given; null when all were explored. */
  readonly replayed: Trace | null;
}

/** A rule broken in a scenario. */
export interface ScenarioBreach extends Omit<FlowBreach, 'region' | 'isIntroduced' | 'trace'> {
  readonly function: string;
  readonly file: string;
  readonly line: number | null;
  /** Null where the input does not show it. */
  readonly region: Region | null;
  /** Null where only the run of another scenario shows it. */
  readonly trace: Trace | null;
}

/** A scenario on the code under review: all of its runs, or the one that was asked for by its tape. */
export interface ScenarioReport {
  readonly scenario: ScenarioVerdict;
  readonly story: string;
  readonly breaches: readonly ScenarioBreach[];
  /** The scenario whose run shows what breaks, when it is another one. */
  readonly shownBy: string | null;
  /** The run of the tape that was given; null when all were explored. */
  readonly replayed: Trace | null;
}

/** What binds and unbinds in an input, and the scenarios that it was played in. */
export interface AttachReport {
  /** Names of the functions that scenarios call. */
  readonly functions: readonly string[];
  /** The same as a review has it, for those of them that the input shows; with these scenarios only. */
  readonly flows: readonly Flow[];
  readonly scenarios: readonly ScenarioReport[];
  /** Why there are none; null when there are. */
  readonly why: string | null;
}

const RUNS = ['run', 'runs'] as const;

/** `held, explored completely in 12 runs`. */
export function verdictWords({ verdict, explored, runs, why }: ScenarioVerdict): string {
  if (verdict === 'not-modelled') return `not modelled, because ${why}`;
  if (explored === 'completely') return `${verdict}, explored completely in ${counted(runs, RUNS)}`;
  const bound = why === counted(runs, RUNS) ? why : `${why}, in ${counted(runs, RUNS)}`;
  return `${verdict}, explored to a bound: ${bound}`;
}
