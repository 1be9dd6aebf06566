/** What the server and its simulating thread say to each other. */
import type { OpenBuffer, SimulationJob, SimulationProgress } from './simulator.js';

/** What the thread is given when it starts: one number, that of the job which is wanted; another one ends a job. */
export interface ThreadData {
  readonly wanted: SharedArrayBuffer;
}

export type ToThread =
  | {
      readonly kind: 'start';
      readonly id: number;
      readonly job: Omit<SimulationJob, 'buffers'>;
      /** Those that the thread does not have yet. */
      readonly buffers: readonly OpenBuffer[];
      /** Paths of those that are closed. */
      readonly closed: readonly string[];
    }
  | { readonly kind: 'forget'; readonly uri: string };

export type FromThread =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: SimulationProgress }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };
