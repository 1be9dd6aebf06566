/**
 * What stands before the hunks of a file: git's extended header lines, or the
 * `Index:` and `diff -u` lines of older tools above a `---`/`+++` pair.
 */
import { isFilePair } from './hunk-extent.js';
import type { PathPair } from './paths.js';
import { nameAlone, nameInHeader, namesInGitLine, withoutPrefixes } from './paths.js';
import type { BodyLine, FileStatus } from './types.js';

/** A file's header, before its hunks are known. */
export interface FileHeader {
  readonly oldPath: string | null;
  readonly newPath: string | null;
  readonly oldBlob: string | null;
  readonly newBlob: string | null;
  /** Null when only the paths and hunks can tell. */
  readonly status: FileStatus | null;
  readonly changesMode: boolean;
  readonly isGit: boolean;
  /** Indices into the body: the first header line, and the line after the last. */
  readonly first: number;
  readonly next: number;
}

type Fields = Map<string, string>;

const EXTENDED =
  /^(old mode|new mode|deleted file mode|new file mode|copy from|copy to|rename from|rename to|rename old|rename new|similarity index|dissimilarity index|index) (.*)$/s;
/** Lines that older tools put above the pair; svn and quilt write the first two. */
const PREAMBLE = /^(?:Index: |={20,}|diff -|RCS file: |retrieving revision )/;
const LONGEST_PREAMBLE = 6;

/** Reads the header that begins with the `diff --git` line `body[at]`. */
export function readGitHeader(body: readonly BodyLine[], at: number, to: number): FileHeader {
  const fields: Fields = new Map();
  let next = at + 1;
  for (; next < to; next++) {
    const match = EXTENDED.exec(body[next]!.text);
    if (!match) break;
    fields.set(match[1]!, match[2]!);
  }
  const inLine = namesInGitLine(body[at]!.text.slice('diff --git '.length));
  let before = inLine?.old ?? null;
  let after = inLine?.new ?? null;
  let [isNew, isGone] = [fields.has('new file mode'), fields.has('deleted file mode')];
  const pair = isFilePair(body, next, to) ? namesInPair(body, next) : null;
  // Without an index line there is no content, and a pair of other names is the next file's.
  if (pair && (fields.has('index') || !inLine || isPairOf(pair, inLine))) {
    const { old: minus, new: plus } = pair;
    [isNew, isGone] = [isNew || minus === null, isGone || plus === null];
    [before, after] = [minus ?? before, plus ?? after];
    next += 2;
  }
  const paths = withoutPrefixes({ old: before, new: after });
  const moved = movedPaths(fields);
  const [oldBlob, newBlob] = blobsOf(fields.get('index'));
  return {
    oldPath: isNew ? null : (moved?.old ?? paths.old),
    newPath: isGone ? null : (moved?.new ?? paths.new),
    oldBlob,
    newBlob,
    status: isNew ? 'added' : isGone ? 'deleted' : (moved?.status ?? null),
    changesMode: fields.has('old mode'),
    isGit: true,
    first: at,
    next,
  };
}

/** Reads the header whose `---` line is `body[at]`; the lines above it count if they stand at or after `from`. */
export function readPlainHeader(body: readonly BodyLine[], at: number, from: number): FileHeader {
  let first = at;
  while (first > from && at - first < LONGEST_PREAMBLE && PREAMBLE.test(body[first - 1]!.text)) first--;
  const { old: before, new: after } = namesInPair(body, at);
  const named = namesInCommand(body, first, at);
  const prefixed = withoutPrefixes({ old: before ?? named?.old ?? null, new: after ?? named?.new ?? null });
  const same = before !== null && after !== null ? sameFile(prefixed.old!, prefixed.new!) : null;
  return {
    oldPath: before === null ? null : (same ?? prefixed.old),
    newPath: after === null ? null : (same ?? prefixed.new),
    oldBlob: null,
    newBlob: null,
    status: null,
    changesMode: false,
    isGit: false,
    first,
    next: at + 2,
  };
}

function namesInPair(body: readonly BodyLine[], at: number): PathPair {
  return { old: nameInHeader(body[at]!.text.slice(4)), new: nameInHeader(body[at + 1]!.text.slice(4)) };
}

function isPairOf(pair: PathPair, inLine: PathPair): boolean {
  return (pair.old ?? inLine.old) === inLine.old && (pair.new ?? inLine.new) === inLine.new;
}

function movedPaths(fields: Fields): { old: string; new: string; status: FileStatus } | null {
  const renamedFrom = fields.get('rename from') ?? fields.get('rename old');
  const renamedTo = fields.get('rename to') ?? fields.get('rename new');
  const from = renamedFrom ?? fields.get('copy from');
  const to = renamedTo ?? fields.get('copy to');
  if (from === undefined || to === undefined) return null;
  return {
    old: nameAlone(from),
    new: nameAlone(to),
    status: renamedFrom === undefined ? 'copied' : 'renamed',
  };
}

function blobsOf(index: string | undefined): [string | null, string | null] {
  const match = /^([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: |$)/.exec(index ?? '');
  return [match?.[1] ?? null, match?.[2] ?? null];
}

/** The two last words of a `diff -urN old new` line: beside a `/dev/null` only they show the prefix. */
function namesInCommand(
  body: readonly BodyLine[],
  from: number,
  to: number,
): { old: string; new: string } | null {
  for (let at = from; at < to; at++) {
    const match = /^diff -.* (\S+) (\S+)$/.exec(body[at]!.text);
    if (match) return { old: match[1]!, new: match[2]! };
  }
  return null;
}

/** A plain diff has no renames: `x.c.orig` beside `x.c` is the copy that was kept for comparing. */
function sameFile(before: string, after: string): string {
  return before.startsWith(after) || before === after ? after : after.startsWith(before) ? before : after;
}
