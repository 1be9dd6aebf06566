/** What the server and its simulating process say to each other. */
import type { OpenBuffer, SimulationJob, SimulationProgress } from './simulator.js';

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
  | { readonly kind: 'cancel' }
  | { readonly kind: 'forget'; readonly uri: string };

export type FromProcess =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: SimulationProgress }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };
