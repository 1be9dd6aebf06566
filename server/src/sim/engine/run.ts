/** What a run is given, how it may end, and what it finds. */
import type { Held, Site } from '../model/index.js';
import type { Procedure } from './code.js';
import type { Bearing } from './cuts.js';
import type { MonitorId } from './monitors.js';

export interface RunOptions {
  /** Whether what is outside of the code is as after boot (`concrete`), or may be anything (`open`). */
  readonly world: 'open' | 'concrete';
  /** Callees larger than `leaf` instructions are entered down to this depth; beyond, they are taken to have done their work. */
  readonly depth: number;
  readonly leaf: number;
  /** How often a loop whose end is not known goes round. */
  readonly turns: number;
  readonly steps: number;
  /** Whether a call that may fail is allowed to; `implied`: the tape was recorded where none is, and could fail here. */
  readonly faults: boolean | 'implied';
  /** Whether what hands out numbers fails because none is left. */
  readonly areNumbersOut?: boolean;
  readonly configuration: ReadonlyMap<string, boolean>;
  /** Preemptions that a run may have. */
  readonly preemptions: number;
}

/** Why a run is over. */
export type Ending =
  | { readonly kind: 'finished' }
  | { readonly kind: 'violated' }
  /** The choices contradict each other: there is no such run. */
  | { readonly kind: 'impossible' }
  /** A state that an earlier run was in; what can follow was seen from there. */
  | { readonly kind: 'seen before' }
  | { readonly kind: 'stopped'; readonly why: string };

/** A call in the function that was run, seen from within: what was called, and where it is in there. */
export interface Within {
  readonly procedure: Procedure;
  /** Number of the frame of that call: a function may be called again. */
  readonly frame: number;
  readonly at: Site;
}

/** A broken rule, as the run that broke it saw it. */
export interface Violation {
  readonly monitor: MonitorId;
  readonly site: Site;
  readonly words: string;
  /** Where what explains it happened. */
  readonly related: readonly { readonly site: Site; readonly words: string }[];
  /** Number of the frame it happened in. */
  readonly frame: number;
  /** How many choices had been made. */
  readonly choices: number;
  /** What the code itself did not decide but the finding rests on, beside choices. */
  readonly assumes: readonly string[];
  /** What was cut short on the way and can make it wrong. */
  readonly cuts: readonly string[];
  /** What callers must be asked before it is a breach. Absent where a run tells by itself. */
  readonly hangsOn?: HangsOn;
  /** The callee in which all of it happened, for what is seen only at the end. */
  readonly within?: Within;
}

/** What is known of a breach beside its words. */
export interface ReportDetails {
  /** Where it shows, if not where the run is. */
  readonly site?: Site;
  readonly assumes?: readonly string[];
  /** Which cuts can make it wrong; by its monitor when nothing is said. */
  readonly bears?: Bearing;
  /** Whether what is bad comes from the function that was entered first, which handed it to the callee at hand. */
  readonly isOuters?: boolean;
  /** What callers must be asked before it is a breach. */
  readonly hangsOn?: HangsOn;
  /** The callee in which all of it happened. */
  readonly within?: Within | null;
}

/**
 * What only the code around a function can tell. `lock`: whether a lock is
 * wanted here (`types`: those of which one would do; null when one is wanted
 * anyway) that no caller brings. `mask`: whether some caller passes a gfp mask
 * that lets the allocator sleep.
 */
type HangsOn =
  | { readonly kind: 'lock'; readonly types: readonly string[] | null }
  | { readonly kind: 'mask'; readonly parameter: number };

/** The states that earlier runs were in, at what cost. Null where nothing is to be skipped. */
export type Visited = Map<string, number>;

/** An inner lock that was taken while an outer one was held. */
export interface LockPair {
  readonly outer: Held;
  readonly inner: Held;
  /** What else was held when the inner one was taken. */
  readonly around: readonly string[];
}
