/** What the page and the extension say to each other. */
import type {
  AttachFlow,
  DesignEntry,
  RunQuestion,
  ScenarioRunAnswer,
} from '../../server/src/protocol/index.js';

export type ToPanel =
  | {
      readonly kind: 'flow';
      readonly flow: AttachFlow;
      readonly designs: readonly DesignEntry[];
      readonly uri: string;
      readonly batch: number;
      /** The function of a driver's operation that is to be shown now; null to stay with what is shown. */
      readonly operation: string | null;
    }
  /** There is nothing to be walked through, and what to do about that. */
  | { readonly kind: 'none'; readonly words: string }
  /** Null: nothing is known of the document as it stands. */
  | { readonly kind: 'answer'; readonly id: number; readonly answer: ScenarioRunAnswer | null };

export type FromPanel =
  | { readonly kind: 'ready' }
  /** A run is wanted; its answer has the same number. */
  | { readonly kind: 'ask'; readonly id: number; readonly run: RunQuestion }
  /** The answer with that number is what is shown of the document's own code. */
  | { readonly kind: 'shown'; readonly id: number }
  /** Show the line (from 0) of the document that a step stands on. */
  | { readonly kind: 'show'; readonly line: number }
  /** Show where a step (its index) of the answer with that number stands in the simulated world. */
  | { readonly kind: 'show source'; readonly id: number; readonly step: number }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** Save a picture of the run that is shown. */
  | { readonly kind: 'export' }
  | { readonly kind: 'open design'; readonly design: string }
  /** Open the page with the pictures of all runs. */
  | { readonly kind: 'pictures' };

/** What the page keeps over a reload of the window. */
export interface Kept {
  readonly uri: string;
  readonly batch: number;
  /** The one that was picked. */
  readonly scenario: string | null;
  /** The run that is shown, if it is not the first of that scenario. */
  readonly run: { readonly scenario: string; readonly tape: string } | null;
  readonly step: number;
  /** The design that is shown beside it. */
  readonly design: string | null;
}
