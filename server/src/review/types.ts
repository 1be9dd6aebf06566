/**
 * What goes into a review and what comes out: the surface that the command
 * line and the language server share.
 */

import type { Scaffolded } from '../analysis/index.js';
import type { Comparison, Told } from '../compare/index.js';
import type { AttachRole, Finding, Flow, Related, Severity } from '../findings/index.js';
import type { ProjectConfig } from '../project/index.js';
import type { TreeReader } from '../tree/index.js';
import type { ShareRun } from './shares.js';

/** One text under review. `content` is bytes from a disk or a pipe, or a string that an editor has decoded already. */
export interface InputPart {
  /** As given by the user; shown in findings as `source.path`. */
  readonly path: string;
  readonly content: string | Uint8Array;
  /** For a C file: its path in the kernel tree (`drivers/iommu/…`), when known; else `path` is shown. */
  readonly treePath?: string;
  /** For a C file: the text that it is a change of, so that the rest of it is not new; left out or null, all of it is. */
  readonly before?: string | null;
}

/** One argument of the command line, or one open document. A directory or maildir has several parts. */
export interface ReviewInput {
  readonly path: string;
  readonly parts: readonly InputPart[];
  /** `directory` and `range` when the caller made the parts from one; else told from the content. */
  readonly kind?: 'directory' | 'range';
}

export type InputKind = 'series' | 'patch' | 'c' | 'directory' | 'range';

export interface ReviewOptions {
  /** The kernel tree around the code, or null. */
  readonly tree: TreeReader | null;
  /** `changed`: only what the patch introduces. Left out: `changed` for patches, `all` for C. */
  readonly scope?: 'changed' | 'all';
  /** Severity by rule id; `off` drops the rule's findings. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  /** What the project says of its code; left out, nothing. */
  readonly project?: ProjectConfig;
  /** Of a larger mailbox only so many messages are read, in series order, and that is said; left out, all are. */
  readonly messageLimit?: number;
  /** For an open document: what came of its text before the latest edit. The result is the same without, only later. */
  readonly before?: ReviewedDocument;
  /** Whether functions under review are run on the simulated kernel; left out, they are. */
  readonly simulates?: boolean;
  /** Functions that were run elsewhere, and what is read already. The result is the same without, only later. */
  readonly shared?: ShareRun;
  /** Asked between series and files; true stops the review, and what was found so far is returned with `cancelled`. */
  readonly isCancelled?: () => boolean;
  /** Told when a phase begins, for who has a clock. */
  readonly enter?: (phase: Phase) => void;
}

/** What a review spends its time on: reading and parsing, finding out and checking, running. */
export type Phase = 'parse' | 'rules' | 'simulate';

export interface InputReport {
  readonly path: string;
  readonly kind: InputKind;
  /** `partial`: something was not read or does not apply, see `problems`. `failed`: nothing could be read. */
  readonly status: 'ok' | 'partial' | 'failed';
  /** Each with its position, `path:line: what`. */
  readonly problems: readonly string[];
}

export interface ReviewStats {
  readonly files: number;
  /** Function definitions in the inputs, all `#if` arms. */
  readonly functions: number;
  /** Those brought into the IR without an opaque instruction; of an open document, those without a parse error. */
  readonly lowered: number;
  /** Simulated runs. */
  readonly runs: number;
}

export interface Review {
  readonly inputs: readonly InputReport[];
  /** In input order, then by source line; identical ones once. */
  readonly findings: readonly Finding[];
  /** What running the functions under review said, each alone; empty when they were not run. */
  readonly flows: readonly Flow[];
  readonly stats: ReviewStats;
  /** Objections that comments in the code allow; left out where none were looked for. */
  readonly allowed?: number;
  readonly cancelled: boolean;
}

/** An earlier version of what is reviewed, and how its findings compare with those of the review. */
export interface Against {
  readonly inputs: readonly InputReport[];
  readonly comparison: Comparison<Told>;
}

/** A place in an editor's document, both from 0; `character` in UTF-16 units. */
export interface DocumentPosition {
  readonly line: number;
  readonly character: number;
}

export interface DocumentRange {
  readonly start: DocumentPosition;
  readonly end: DocumentPosition;
}

export interface DocumentHover {
  readonly range: DocumentRange;
  readonly markdown: string;
}

/** A function of the document that scenarios call. */
export interface AttachPlace {
  /** Of several series in a document, the one that it is of, from 0: that of the reports of `SimulatedSoFar`. */
  readonly batch: number;
  readonly function: string;
  readonly plays: AttachRole;
  /** Of its name; of a patch that does not show that, of the first line that it shows. Null when none is in the document. */
  readonly range: DocumentRange | null;
  /** How many scenarios there are. */
  readonly total: number;
}

/** What kinds of things an outline names. */
export type SymbolKind =
  | 'message'
  | 'file'
  | 'struct'
  | 'field'
  | 'function'
  | 'ops-table'
  | 'macro'
  | 'enum'
  | 'variable';

export interface DocumentSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** The role in the IOMMU world, when it has one ("domain", "attaches a domain to a device", …). */
  readonly detail: string;
  readonly range: DocumentRange;
  readonly selection: DocumentRange;
  readonly children: readonly DocumentSymbol[];
}

/** A decoded view of a patch mail whose `+` lines the raw text hides. */
export interface DecodedDocument {
  readonly text: string;
  /** Findings by `source.decodedLine` stand in this text. */
  readonly lineCount: number;
}

/** An insertion into a document. */
export interface AllowanceEdit {
  readonly position: DocumentPosition;
  readonly text: string;
}

/** An open document, reviewed. All positions are in the document's own text. */
export interface ReviewedDocument {
  readonly kind: 'c' | 'patch' | 'none';
  /** Why nothing is reviewed, for `none`; empty otherwise. */
  readonly reason: string;
  readonly review: Review;
  /** Where a finding stands in this document; null when it stands in another one. */
  rangeOf(finding: Finding): DocumentRange | null;
  /** Where a region of a related place or an edit stands in this document; null when elsewhere. */
  rangeOfRegion(region: Finding['region'], source: Finding['source'] | null): DocumentRange | null;
  /** The places that explain a finding: of one that a run shows, its most telling steps, by their numbers. */
  explanationOf(finding: Finding): readonly Related[];
  hoverAt(position: DocumentPosition): DocumentHover | null;
  /** Those that bind and unbind, where scenarios can be played on them. */
  attachPlaces(): readonly AttachPlace[];
  /** Line of the document, from 0, that shows a line (from 1) of a file of that batch, after its last patch that does; null for what it does not show. */
  lineShowing(batch: number, file: string, line: number): number | null;
  /** Line of the document, from 0, that shows a line (from 1) of a file in the patch or file that a finding is of; null when none does. */
  lineOfStep(finding: Finding, file: string, line: number): number | null;
  /** The one whose name stands there, with the range of the name there. */
  attachPlaceAt(position: DocumentPosition): (AttachPlace & { readonly range: DocumentRange }) | null;
  /** The name under the pointer, where that is code; null elsewhere. */
  nameAt(position: DocumentPosition): { readonly name: string; readonly range: DocumentRange } | null;
  symbols(): readonly DocumentSymbol[];
  /** C in place of the design that a finding objects to, or why there is none; null when it is not about such a design. */
  scaffoldFor(finding: Finding): Scaffolded | null;
  /** What to insert so that the code allows a finding; null where no comment can stand. */
  allowanceFor(finding: Finding): AllowanceEdit | null;
  /** Null unless some message is quoted-printable or base64. */
  decoded(): DecodedDocument | null;
}
