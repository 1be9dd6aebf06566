/**
 * What a review says: plain data, the same for the terminal, the editor, a
 * mail and a bot. How it was found and how it is drawn is left to others.
 */
import type { ObjectionClass } from './objection-class.js';
import type { Trace } from './trace.js';

/** Strongest first. */
export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `certain`: needs no assumption. `possible`: holds under the assumptions listed beside it. */
export type Confidence = 'certain' | 'possible';

/** Whether `a` is at least as severe as `b`. */
export function isAtLeast(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b);
}

/**
 * A range in a file of the kernel tree, post-image. Lines and columns count
 * from 1, columns in UTF-16 units without the patch's `+`; `endColumn` is
 * exclusive.
 */
export interface Region {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where in the input as given. */
export interface Source {
  readonly path: string;
  /** Message-ID with its angle brackets; null for C files and bare diffs. */
  readonly message: string | null;
  /** Raw line of the input, from 1. */
  readonly line: number;
  /**
   * Line in the decoded document of a patch input, from 1 (`decodedDocument` in
   * patch/); null for C files. Differs from `line` in quoted-printable and
   * base64 mails, where several decoded lines stand on one raw line.
   */
  readonly decodedLine: number | null;
}

/** A further place that explains a finding. `source` is null when it lies outside the input (in the tree). */
export interface Related {
  readonly region: Region;
  readonly source: Source | null;
  readonly message: string;
}

/** One replacement of a mechanical fix; an empty `text` deletes. */
export interface Edit {
  readonly region: Region;
  readonly source: Source | null;
  readonly text: string;
}

/** A mechanical remedy that keeps the rest of the code as it is. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** `unnecessary` is drawn faded by editors, `deprecated` struck through. */
export type Tag = 'unnecessary' | 'deprecated';

/** One objection. */
export interface Finding {
  /** Id of the rule, kebab-case, stable. */
  readonly rule: string;
  /** One or two, the most fitting first. */
  readonly classes: readonly ObjectionClass[];
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What is wrong, why it breaks the model, what to do instead. */
  readonly message: string;
  /** Null when the finding is about the mail itself. */
  readonly region: Region | null;
  /** Exact name of the function or struct around it. */
  readonly function: string | null;
  readonly source: Source;
  readonly related: readonly Related[];
  readonly assumptions: readonly string[];
  /** The run that shows it; null for what is read off the code. */
  readonly trace: Trace | null;
  readonly fix: Fix | null;
  readonly tags: readonly Tag[];
}
