/** What the page and the extension say to each other. */
import type { AttachFlow } from '../../server/src/protocol/index.js';

export type ToPanel =
  | {
      readonly kind: 'flow';
      readonly flow: AttachFlow;
      readonly uri: string;
      readonly batch: number;
    }
  /** There is nothing to be walked through, and what to do about that. */
  | { readonly kind: 'none'; readonly words: string };

export type FromPanel =
  | { readonly kind: 'ready' }
  /** Show the line (from 0) of the document that a step stands on. */
  | { readonly kind: 'show'; readonly line: number }
  /** The user looks at the run of that scenario. */
  | { readonly kind: 'chosen'; readonly scenario: string }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** Open the page with the pictures of all runs. */
  | { readonly kind: 'pictures' };

/** What the page keeps over a reload of the window. */
export interface Kept {
  readonly uri: string;
  readonly batch: number;
  readonly scenario: string | null;
  readonly step: number;
}
