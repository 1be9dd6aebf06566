/** A series as it is listed for who walks through it: its patches, their files, and a file before and after one of them. */

/** A file that a patch touches. */
export interface SeriesFile {
  /** After the patch; of a deleted file before it. */
  readonly path: string;
  /** `modified`, `added`, `deleted`, `renamed` and so on. */
  readonly status: string;
  readonly added: number;
  readonly removed: number;
  /** Raw line of the input, from 1. */
  readonly line: number;
  /** Whether it was applied to the tree; null where there is no tree, or the file is no C of the kernel. */
  readonly isApplied: boolean | null;
  /** Why not, or what was odd. */
  readonly problems: readonly string[];
}

export interface SeriesPatch {
  /** Message-ID with its angle brackets; null for a bare diff. */
  readonly message: string | null;
  /** Without the bracketed prefix; empty when there is no subject. */
  readonly title: string;
  /** N and M of N/M; null when not numbered. */
  readonly index: number | null;
  readonly total: number | null;
  readonly version: number;
  readonly author: string;
  /** Raw lines of the input, from 1, inclusive. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly files: readonly SeriesFile[];
}

/** A file before and after one patch of a series. */
export interface FileVersions {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** False: what the hunks show is all there is. */
  readonly isWhole: boolean;
}
