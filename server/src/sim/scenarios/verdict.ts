/** What a simulation says in the end: what was found, how sure it is, and how far it looked. */
import { type Choice, type Exploration, isToldByPath, type MonitorId, type Tape } from '../engine/index.js';
import type { Site } from '../model/index.js';

/** A breach that a tape shows. */
export interface Breach {
  readonly monitor: MonitorId;
  readonly site: Site;
  readonly words: string;
  readonly related: readonly { readonly site: Site; readonly words: string }[];
  readonly tape: Tape;
  readonly confidence: 'certain' | 'possible';
  /** What it rests on beside the code, as questions with their answers. */
  readonly assumptions: readonly Assumption[];
  /** The function that turned something on which a failure leaves so. */
  readonly leftOnBy?: string;
}

export interface Assumption {
  readonly site: Site | null;
  /** What was taken to be so. */
  readonly words: string;
}

export interface Verdict {
  readonly kind: 'violated' | 'held' | 'not-modelled';
  readonly explored: 'completely' | 'to-bound';
  /** Which bound, or why it could not be modelled. */
  readonly why: string;
}

/** More open questions than this, answered against what is plain, make a finding a guess. */
const MOST_ASSUMPTIONS = 2;

/** The answers that were not the plain ones, except those that let a call fail: those are injected, not assumed. */
export function assumptionsOf(choices: readonly Choice[], more: readonly string[]): Assumption[] {
  const answers = choices
    .filter(({ kind, taken }) => taken > 0 && (kind === 'unknown' || kind === 'environment'))
    .map(({ site, meanings, taken }) => ({ site, words: meanings[taken]! }));
  // What a choice says already is not said again.
  const added = more.filter((words) => !answers.some((each) => each.words === words));
  return [...answers, ...added.map((words) => ({ site: null, words }))];
}

/** `cuts`: what was cut short and bears on the breach. */
export function confidenceOf(
  monitor: MonitorId,
  choices: readonly Choice[],
  more: readonly string[],
  cuts: readonly string[],
): Breach['confidence'] {
  // That a result is ignored stands in the code, whatever leads there.
  if (monitor === 'RIGN') return 'certain';
  const most = isToldByPath(monitor) ? 2 * MOST_ASSUMPTIONS : MOST_ASSUMPTIONS;
  const isGuess = more.length > 0 || assumptionsOf(choices, []).length > most;
  return isGuess || cuts.length > 0 ? 'possible' : 'certain';
}

/** A scenario that only ends where a call fails was not played: what it is about comes after that call. */
export function verdictOf(exploration: Exploration, breaches: readonly Breach[]): Verdict {
  const { isComplete, bound, plainlyEnded } = exploration;
  const explored = isComplete ? 'completely' : 'to-bound';
  if (breaches.length > 0) return { kind: 'violated', explored, why: bound };
  if (plainlyEnded > 0) return { kind: 'held', explored, why: bound };
  const [stop = ''] = exploration.stops.keys();
  return { kind: 'not-modelled', explored, why: stop || bound || 'no run came to its end' };
}
