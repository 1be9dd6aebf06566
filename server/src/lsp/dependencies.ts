/**
 * What the server is given from outside: the reviewer, and what only the
 * process that starts it knows. Nothing here is looked up at import time, so
 * that a test can start the same server with a reviewer of its own.
 */
import type { ProjectFile } from '../project/index.js';
import type { InputPart, ReviewedDocument, ReviewOptions } from '../review/index.js';
import type { Simulator } from './simulator.js';

/** Reviews one open document: pure, synchronous, never throws on bad input. */
export type OpenDocument = (part: InputPart, options: ReviewOptions) => ReviewedDocument;

/** Reads a project's file: never throws. */
export type ReadProject = (text: string) => ProjectFile;

export interface ServerDependencies {
  readonly openDocument: OpenDocument;
  /** Ids of all rules; settings that name another one are complained about. */
  readonly ruleIds: readonly string[];
  /** Left out, projects say nothing. */
  readonly readProject?: ReadProject;
  readonly version: string;
  /** Folder on this disk with a page `<rule id>.md` for every rule, or null when there is none. */
  readonly rulePages: string | null;
  /** Runs functions of open documents; left out, nothing is run. */
  readonly simulator?: Simulator;
  /** Milliseconds of quiet after an edit before the document is reviewed again. */
  readonly quietMilliseconds?: number;
  /** Milliseconds after which a simulation shows how far it is. */
  readonly progressMilliseconds?: number;
}
