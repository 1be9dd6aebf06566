/** What the server and its simulating process say to each other. */
import type { RunAnswer } from '../findings/index.js';
import type { OpenBuffer, SimulationJob, SimulationProgress, SimulatorQuestion } from './simulator.js';

/** A job ends when another starts, or when none is wanted. */
export type ToProcess =
  | {
      readonly kind: 'start';
      readonly id: number;
      readonly job: Omit<SimulationJob, 'buffers'>;
      /** Those that the process does not have yet. */
      readonly buffers: readonly OpenBuffer[];
      /** Paths of those that are closed. */
      readonly closed: readonly string[];
    }
  /** Answered between two steps of a job. */
  | { readonly kind: 'ask'; readonly id: number; readonly question: SimulatorQuestion }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'forget'; readonly uri: string };

export type FromProcess =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: SimulationProgress }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: RunAnswer | null }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };
