/** What came of reviewing a document, and who is told of it. */
import type { AttachProgress, DriverProgress, Finding } from '../findings/index.js';
import type { ReviewedDocument } from '../review/index.js';
import type { TreeOnDisk } from './tree-on-disk.js';

/** A document as it was reviewed at one version. */
export interface Reviewed {
  readonly uri: string;
  readonly version: number;
  readonly document: ReviewedDocument;
  readonly tree: TreeOnDisk | null;
  /** Those that the user wants to see. */
  readonly findings: readonly Finding[];
  /** What was left out, as a sentence; empty when nothing was. */
  readonly remark: string;
  readonly milliseconds: number;
  readonly runs: Runs;
}

/** How far the runs of a version are. */
export interface Runs {
  /** `off`: nothing is run, or not any more. */
  readonly state: 'off' | 'running' | 'over';
  /** What scenarios showed so far, for each batch of the document. */
  readonly attach: readonly (AttachProgress | null)[];
  /** What came of the operations of drivers so far, for each batch. */
  readonly drivers: readonly (readonly DriverProgress[])[];
}

export interface ReviewListener {
  /** Before the reviewer is entered; it is waited for. */
  starting(uri: string): Promise<void>;
  reviewed(result: Reviewed): void;
  /** Runs of the reviewed version have shown more, or less than was said at an earlier step. */
  simulated(result: Reviewed): void;
  /** Scenarios have come further, or are not run any more; or nothing is known of them yet. */
  played(result: Reviewed): void;
  /** The document is none of our business. */
  refused(uri: string, version: number, reason: string): void;
  /** The reviewer threw; what was said before still stands. */
  failed(uri: string, error: unknown): void;
  closed(uri: string): void;
}
