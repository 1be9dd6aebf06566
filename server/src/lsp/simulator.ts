/**
 * What the server asks of whoever runs functions of open documents. One job
 * at a time: a new one puts an end to the one before it. Plain data, for it
 * may go to another process.
 */
import type {
  AttachProgress,
  DriverProgress,
  Finding,
  RunAnswer,
  RunQuestion,
  Severity,
} from '../findings/index.js';
import type { ProjectConfig } from '../project/index.js';
import type { InputPart } from '../review/index.js';

/** A text that hides the disk's. */
export interface OpenBuffer {
  /** With links resolved. */
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

/** One version of one document. */
export interface SimulationJob {
  readonly uri: string;
  readonly version: number;
  readonly part: InputPart;
  /** Root of the kernel tree around it, or null. */
  readonly tree: string | null;
  readonly scope?: 'changed' | 'all';
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  readonly messageLimit: number;
  readonly project?: ProjectConfig;
  /** Whether files beside the document may have changed since it was run last. */
  readonly isDoubtful: boolean;
  readonly buffers: readonly OpenBuffer[];
}

export interface SimulationProgress {
  /** What is counted: functions are run first. */
  readonly phase: 'functions' | 'scenarios';
  readonly done: number;
  readonly total: number;
  /** All that was found so far; null when there is nothing new to be shown yet. */
  readonly findings: readonly Finding[] | null;
  /** The findings are all that there are, with what is read off the code: scenarios may prove that. */
  readonly isAll: boolean;
  /** What scenarios showed so far, for each batch of the document that has any; null when nothing is new. */
  readonly attach: readonly (AttachProgress | null)[] | null;
  /** What came of the operations of drivers so far, in each batch; null when nothing is new. */
  readonly drivers: readonly (readonly DriverProgress[])[] | null;
  /** What went wrong in the simulation itself, for the log: no source text. */
  readonly failures: readonly string[];
  readonly isLast: boolean;
}

/** Told of one job, until it ends or another one begins. */
export interface SimulationListener {
  progress(progress: SimulationProgress): void;
  /** The job ends here. `why`: for the log. */
  failed(why: string): void;
}

/** One run of a scenario of a document, of the version that was run last. */
export interface SimulatorQuestion {
  readonly uri: string;
  readonly version: number;
  readonly batch: number;
  readonly run: RunQuestion;
}

export interface Simulator {
  start(job: SimulationJob, listener: SimulationListener): void;
  /** Null when that version was not run, or has no scenarios. */
  ask(question: SimulatorQuestion): Promise<RunAnswer | null>;
  /** The running job ends at once; its listener hears nothing more. */
  cancel(): void;
  /** The document is gone, and what is kept of it. */
  forget(uri: string): void;
  close(): void;
}
