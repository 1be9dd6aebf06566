/**
 * The files of a diff: git's extended headers, plain `---`/`+++` pairs and the
 * hunks under them. A line that begins neither a file nor a hunk is text around
 * the diff and passed over, so a quoted (`> `) or indented diff is never read.
 */

import type { FileHeader } from './file-headers.js';
import { readGitHeader, readPlainHeader } from './file-headers.js';
import { isFilePair } from './hunk-extent.js';
import { readHunk } from './hunks.js';
import type { BodyLine, Hunk, PatchFile, Problem } from './types.js';

const BINARY = /^(?:GIT binary patch|(?:Binary files|Files) .* differ)$/;
const BINARY_PAIR = /^Binary files (.+) and (.+) differ$/;

/** What `body[from]` to `body[to - 1]` holds. */
export interface FilesRead {
  readonly files: readonly PatchFile[];
  /** Index of the first line of the first file; `to` when there is none. */
  readonly firstLine: number;
}

/** Reads every file of the diff in a part of a body. */
export function readFiles(
  body: readonly BodyLine[],
  from: number,
  to: number,
  problems: Problem[],
): FilesRead {
  const files: PatchFile[] = [];
  let firstLine = to;
  for (let at = from; at < to; ) {
    const header = headerAt(body, at, from, to);
    if (!header) {
      tellHomeless(body[at]!, files.length > 0, problems);
      at++;
      continue;
    }
    firstLine = Math.min(firstLine, header.first);
    const { hunks, isBinary, next } = readHunks(body, header.next, to, problems);
    files.push(fileOf(body, header, hunks, isBinary, problems));
    at = next;
  }
  return { files, firstLine };
}

function headerAt(body: readonly BodyLine[], at: number, from: number, to: number): FileHeader | null {
  const text = body[at]!.text;
  if (text.startsWith('diff --git ')) return readGitHeader(body, at, to);
  if (isFilePair(body, at, to)) return readPlainHeader(body, at, from);
  const pair = BINARY_PAIR.exec(text);
  if (!pair) return null;
  const names = readPlainHeader(
    [
      { ...body[at]!, text: `--- ${pair[1]}` },
      { ...body[at]!, text: `+++ ${pair[2]}` },
    ],
    0,
    0,
  );
  return { ...names, first: at, next: at };
}

/** Everything up to the next file: hunks, or the mark of a binary file, and text somebody put between them. */
function readHunks(
  body: readonly BodyLine[],
  from: number,
  to: number,
  problems: Problem[],
): { hunks: readonly Hunk[]; isBinary: boolean; next: number } {
  const hunks: Hunk[] = [];
  let isBinary = false;
  let at = from;
  while (at < to) {
    const text = body[at]!.text;
    if (text.startsWith('@@ -')) {
      const { hunk, next } = readHunk(body, at, to, problems);
      if (hunk) hunks.push(hunk);
      at = next;
    } else if (BINARY.test(text) && hunks.length === 0 && !isBinary) {
      isBinary = true;
      at++;
    } else if (text.startsWith('diff --git ') || isFilePair(body, at, to) || BINARY_PAIR.test(text)) break;
    else at++;
  }
  return { hunks, isBinary, next: at };
}

function fileOf(
  body: readonly BodyLine[],
  header: FileHeader,
  hunks: readonly Hunk[],
  isBinary: boolean,
  problems: Problem[],
): PatchFile {
  const rawLine = body[header.first]!.rawLine;
  const { oldBlob, newBlob } = header;
  // A plain diff says that a file is new only by an empty side.
  const only = hunks.length === 1 && !header.isGit ? hunks[0] : undefined;
  const isNew = header.oldPath === null || (only?.oldStart === 0 && only.oldCount === 0);
  const isGone = !isNew && (header.newPath === null || (only?.newStart === 0 && only.newCount === 0));
  if (header.oldPath === null && header.newPath === null)
    problems.push({ line: rawLine, message: 'the diff does not name its file' });
  let status = header.status ?? (isNew ? 'added' : isGone ? 'deleted' : 'modified');
  if (isBinary) status = 'binary';
  else if (status === 'modified' && hunks.length === 0) {
    if (header.changesMode) status = 'mode-only';
    else
      problems.push({
        line: rawLine,
        message: `no hunk follows the header of ${header.newPath ?? header.oldPath}`,
      });
  }
  return {
    oldPath: isNew ? null : header.oldPath,
    newPath: isGone ? null : header.newPath,
    status,
    oldBlob,
    newBlob,
    rawLine,
    hunks,
  };
}

/** Diffs of a kind that cannot be read here, told once each by their own marks. */
function tellHomeless({ text, rawLine }: BodyLine, afterFile: boolean, problems: Problem[]): void {
  if (text.startsWith('@@ -') && !afterFile)
    problems.push({ line: rawLine, message: 'a hunk without the name of its file was passed over' });
  else if (/^diff --(?:cc|combined) /.test(text))
    problems.push({ line: rawLine, message: 'the combined diff of a merge was passed over' });
  else if (text === '***************')
    problems.push({ line: rawLine, message: 'a context diff was passed over: only unified diffs are read' });
}
