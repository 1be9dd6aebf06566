/** All that a command may touch of the process it runs in, so that tests can stand in for it. */
import type * as analysis from '../analysis/index.js';
import type { Share } from '../analysis/index.js';
import type { RuleDoc } from '../findings/index.js';
import type {
  Review,
  ReviewInput,
  ReviewOptions,
  ShareRun,
  Simulated,
  SimulateOptions,
} from '../review/index.js';
import type { CheckCommand } from './arguments.js';

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Columns of the terminal that standard output is, or null when it is a pipe or a file. */
  readonly columns: number | null;
  readStandardInput(): Promise<Uint8Array>;
  /** Writes to standard output; resolves when the text is handed over whole, or when nobody reads any more. */
  write(text: string): Promise<void>;
  /** Writes one line to standard error. */
  complain(line: string): void;
  /** Says on a terminal that standard error is, and nowhere else, what is done at the moment; null when it is done. */
  progress(words: string | null): void;
  /** Milliseconds from any fixed moment. */
  now(): number;
}

export type Reviewer = (inputs: readonly ReviewInput[], options: ReviewOptions) => Review;

export type SimulateInput = (input: ReviewInput, options: SimulateOptions) => Simulated;

/** The reference designs: their C, their cells, single runs. */
export type Designs = Pick<
  typeof analysis,
  | 'referenceDesigns'
  | 'designCode'
  | 'scenarioCode'
  | 'scenarioNames'
  | 'scenarioIds'
  | 'cellRuns'
  | 'replayCell'
>;

/** A part of what a review runs, for another process to find out. */
export interface ShareOrder {
  readonly command: CheckCommand;
  readonly cwd: string;
  readonly share: Share;
}

export type RunsOfShare = ShareRun['runs'];

/** Processes beside this one. */
export interface Helpers {
  readonly most: number;
  /** Bytes of C that it takes longer to run than to start one of them. */
  readonly worth: number;
  /** Never fails: of what was not run the answer has nothing. */
  run(order: ShareOrder): Promise<RunsOfShare>;
}

/** What the commands call, loaded when first asked for: `--help` should not load a parser. */
export interface Dependencies {
  reviewer(): Promise<Reviewer>;
  simulator(): Promise<SimulateInput>;
  designs(): Promise<Designs>;
  rules(): Promise<readonly RuleDoc[]>;
  /** Who helps with large inputs; null for nobody. */
  readonly helpers: Helpers | null;
}

/** Exit statuses. */
export const FINE = 0;
export const OBJECTED = 1;
export const UNUSABLE = 2;
