/**
 * The shapes that reading a patch gives: mails in series order, files, hunks
 * and lines, each line knowing the raw input line it came from. How they are
 * read is in the files beside this one.
 */

/** Something in the input that could not be read as it stands; the rest was. `line`: raw input line, from 1. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** Where a decoded line stood: raw input line, from 1 (for base64 the first line of the encoded body). */
export interface BodyLine {
  readonly text: string;
  readonly rawLine: number;
}

/** How the body was encoded; anything but `plain` hides the `+` lines from somebody who looks at the raw mail. */
export type BodyEncoding = 'plain' | 'quoted-printable' | 'base64';

/** One header line with its name as written, unfolded. */
export interface Header {
  readonly name: string;
  /** RFC 2047-decoded. */
  readonly value: string;
  /** With its encoded words as they are: a comma within one separates no addresses. */
  readonly written: string;
  readonly rawLine: number;
}

/** What the subject says of the place in a series: `[PATCH RFC v2 03/11] iommu/sva: Add …`. */
export interface Subject {
  /** Without the bracketed prefix and `Re:`. */
  readonly title: string;
  /** Words of the bracket that are neither version nor number: `PATCH`, `RFC`, `RESEND`, … */
  readonly tags: readonly string[];
  /** 1 when not said. */
  readonly version: number;
  /** N of N/M, 0 for a cover letter; null when not numbered. */
  readonly index: number | null;
  /** M of N/M; null when not numbered. */
  readonly total: number | null;
  readonly isReply: boolean;
}

/** One mail, or a bare diff treated as a mail without headers. */
export interface PatchMessage {
  readonly headers: readonly Header[];
  readonly subject: Subject | null;
  /** Message-ID with its angle brackets. */
  readonly messageId: string | null;
  /** First and last raw line of the message, from 1, inclusive. */
  readonly rawLines: { readonly first: number; readonly last: number };
  readonly encoding: BodyEncoding;
  /** Decoded body, line by line; for a bare diff, all of the input. */
  readonly body: readonly BodyLine[];
  /** Index into `body` of the line after the commit message (the `---` line, or the first diff line); `body.length` when there is no diff. */
  readonly commitMessageEnd: number;
  readonly files: readonly PatchFile[];
  readonly problems: readonly Problem[];
}

export type FileStatus = 'modified' | 'added' | 'deleted' | 'renamed' | 'copied' | 'mode-only' | 'binary';

export interface PatchFile {
  /** Paths without `a/` and `b/`; null for `/dev/null`. */
  readonly oldPath: string | null;
  readonly newPath: string | null;
  readonly status: FileStatus;
  /** Blob ids of the `index` line, as abbreviated there. */
  readonly oldBlob: string | null;
  readonly newBlob: string | null;
  /** Raw line of the file's first header line. */
  readonly rawLine: number;
  readonly hunks: readonly Hunk[];
}

export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  /** Counts as the header says, even when it lies. */
  readonly oldCount: number;
  readonly newCount: number;
  /** What follows the second `@@`, trimmed. */
  readonly section: string;
  /** Raw line of the `@@` line. */
  readonly rawLine: number;
  readonly lines: readonly HunkLine[];
}

export interface HunkLine {
  readonly kind: 'context' | 'added' | 'removed';
  /** Without the leading `+`, `-` or space, and without the line end. */
  readonly text: string;
  /** Line in the pre-image as the hunk header numbers it, from 1; null for added lines. */
  readonly oldLine: number | null;
  /** Line in the post-image as the hunk header numbers it, from 1; null for removed lines. */
  readonly newLine: number | null;
  readonly rawLine: number;
  /** Index into the message's `body`. */
  readonly bodyLine: number;
  /** Whether `\ No newline at end of file` follows. */
  readonly noNewline: boolean;
}

/** What one input held, whole. */
export interface PatchInput {
  /** In series order: by version, then cover letter, then 1/M to M/M; unnumbered ones as they stand. */
  readonly messages: readonly PatchMessage[];
  /** Problems that belong to no message. */
  readonly problems: readonly Problem[];
}
