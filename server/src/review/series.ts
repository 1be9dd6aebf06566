/**
 * A series as reviewers walk through it: its patches, what each does to which
 * files, how that fits the tree, and a file as it is before and after a patch.
 */
import type { FileVersions, SeriesFile, SeriesPatch } from '../findings/index.js';
import { headerValue, type PatchFile, type PatchInput, readPatches } from '../patch/index.js';
import { PatchedFiles, type TreeReader } from '../tree/index.js';

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
