/**
 * A series as reviewers walk through it: its patches, what each does to which
 * files, how that fits the tree, and a file as it is before and after a patch.
 */
import { headerValue, type PatchFile, type PatchInput, readPatches } from '../patch/index.js';
import { PatchedFiles, type TreeReader } from '../tree/index.js';

/** A file that a patch touches. */
export interface SeriesFile {
  /** After the patch; of a deleted file before it. */
  readonly path: string;
  readonly status: PatchFile['status'];
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

/** The mails of an input in series order. `limit`: of a larger mailbox only so many are read. */
export function seriesOutline(text: string, tree: TreeReader | null, limit: number): SeriesPatch[] {
  const input = readPatches(text, limit);
  const files = patchedFiles(input, tree);
  // What was answered is no part of the series.
  const patches = input.messages.filter(({ subject, files: own }) => !subject?.isReply || own.length > 0);
  return patches.map((message) => ({
    message: message.messageId,
    title: message.subject?.title ?? '',
    index: message.subject?.index ?? null,
    total: message.subject?.total ?? null,
    version: message.subject?.version ?? 1,
    author: headerValue(message.headers, 'From') ?? '',
    firstLine: message.rawLines.first,
    lastLine: message.rawLines.last,
    files: message.files.map((file) => seriesFile(file, files, tree !== null)),
  }));
}

function seriesFile(file: PatchFile, files: PatchedFiles, hasTree: boolean): SeriesFile {
  const image = files.apply(file);
  const count = (kind: 'added' | 'removed'): number =>
    file.hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
  return {
    path: file.newPath ?? file.oldPath ?? '',
    status: file.status,
    added: count('added'),
    removed: count('removed'),
    line: file.rawLine,
    isApplied: hasTree && image ? image.basis === 'applied' : null,
    problems: image?.problems.map(({ message }) => message) ?? [],
  };
}

/** A file before and after one patch of a series. */
export interface FileVersions {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** False: what the hunks show is all there is. */
  readonly isWhole: boolean;
}

/** Of the file whose headers begin on that raw line (from 1); null when none do. */
export function fileVersions(
  text: string,
  tree: TreeReader | null,
  limit: number,
  rawLine: number,
): FileVersions | null {
  const input = readPatches(text, limit);
  const files = patchedFiles(input, tree);
  for (const file of input.messages.flatMap((message) => message.files)) {
    if (file.rawLine !== rawLine) {
      files.apply(file);
      continue;
    }
    const path = file.newPath ?? file.oldPath ?? '';
    const before = file.status === 'added' ? '' : files.read(file.oldPath ?? path);
    const image = files.apply(file);
    if (before !== null && (image === null || image.basis === 'applied'))
      return { path, before, after: image?.text ?? (file.newPath === null ? '' : before), isWhole: true };
    return { path, ...hunkTexts(file), isWhole: false };
  }
  return null;
}

/** Before and after as far as hunks show them, each hunk under its heading. */
function hunkTexts({ hunks }: PatchFile): { before: string; after: string } {
  const textOf = (without: 'added' | 'removed'): string =>
    hunks
      .flatMap(({ section, oldStart, lines }) => [
        `/* from line ${oldStart}${section === '' ? '' : `: ${section}`} */`,
        ...lines.filter(({ kind }) => kind !== without).map((line) => line.text),
        '',
      ])
      .join('\n');
  return { before: textOf('added'), after: textOf('removed') };
}

function patchedFiles(input: PatchInput, tree: TreeReader | null): PatchedFiles {
  const files = new PatchedFiles(tree);
  files.takeBack(input.messages.flatMap((message) => message.files));
  return files;
}
