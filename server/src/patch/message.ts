/**
 * One message: from its raw text to headers, body and files. Where a message
 * begins and ends is found in mailbox.ts.
 */
import { readFiles } from './files.js';
import { headerValue, isMailHeader, readHeaders } from './headers.js';
import type { TextPart } from './mime.js';
import { readParts } from './mime.js';
import { readSubject } from './subject.js';
import type { BodyLine, Header, PatchFile, PatchMessage, Problem, Subject } from './types.js';

/** A message as it stands in the input. */
export interface RawMessage {
  readonly text: string;
  /** Raw line of its first line, from 1. */
  readonly firstLine: number;
  /** Raw line of its last line. */
  readonly lastLine: number;
  /** Whether a `From ` line opens it, and `>From ` is therefore an escaped `From `. */
  readonly inMbox: boolean;
  /** Whether `text` is decoded already, and not a byte string. */
  readonly isText: boolean;
}

/** What the headers alone say: cheap to have of every mail of a big box. */
export interface MessageSummary {
  readonly headers: readonly Header[];
  readonly subject: Subject | null;
  /** Message-ID with its angle brackets. */
  readonly messageId: string | null;
  /** First and last raw line of the message, from 1, inclusive. */
  readonly rawLines: { readonly first: number; readonly last: number };
}

interface Top {
  readonly headers: readonly Header[];
  readonly bodyStart: number;
}

/** Reads the headers only. */
export function readSummary(raw: RawMessage): MessageSummary {
  const end = /\n\r?\n/.exec(raw.text)?.index ?? raw.text.length;
  return summaryOf(raw, topOf(raw, linesOf(raw, raw.text.slice(0, end))).headers);
}

/** Reads the whole message. */
export function readMessage(raw: RawMessage): PatchMessage {
  const lines = linesOf(raw, raw.text);
  const top = topOf(raw, lines);
  const problems: Problem[] = [];
  const place = {
    lines,
    from: top.bodyStart,
    to: lines.length,
    firstLine: raw.firstLine,
    isText: raw.isText,
  };
  const parts = readParts(place, top.headers, problems);
  const body = parts.length === 1 ? parts[0]!.lines : parts.flatMap(({ lines }) => lines);
  const { files, commitMessageEnd, part } = readDiffs(parts, body, problems);
  return {
    ...summaryOf(raw, top.headers),
    encoding: (part ?? parts[0])?.encoding ?? 'plain',
    body,
    commitMessageEnd,
    files,
    problems: problems.sort((one, other) => one.line - other.line),
  };
}

function summaryOf(raw: RawMessage, headers: readonly Header[]): MessageSummary {
  const id = headerValue(headers, 'Message-ID');
  return {
    headers,
    subject: readSubject(headerValue(headers, 'Subject')),
    messageId: /<[^<>\s]+>/.exec(id ?? '')?.[0] ?? null,
    rawLines: { first: raw.firstLine, last: raw.lastLine },
  };
}

/** The mail's own headers; none for a bare diff, whose `Index:` line must stay in the body. */
function topOf(raw: RawMessage, lines: readonly string[]): Top {
  const from = raw.inMbox ? 1 : 0;
  const top = readHeaders(lines, from, lines.length, raw.firstLine, raw.isText);
  return isMailHeader(top.headers) ? top : { headers: [], bodyStart: from };
}

/** Each part is searched alone: a hunk does not run on from one into the next. */
function readDiffs(
  parts: readonly TextPart[],
  body: readonly BodyLine[],
  problems: Problem[],
): { files: readonly PatchFile[]; commitMessageEnd: number; part: TextPart | null } {
  const files: PatchFile[] = [];
  let part: TextPart | null = null;
  let firstDiffLine = body.length;
  let from = 0;
  for (const candidate of parts) {
    const to = from + candidate.lines.length;
    const read = readFiles(body, from, to, problems);
    if (read.files.length > 0 && !part) {
      part = candidate;
      firstDiffLine = read.firstLine;
    }
    for (const file of read.files) files.push(file);
    from = to;
  }
  if (!part) return { files, commitMessageEnd: body.length, part };
  const rule = body.findIndex(({ text }, at) => at < firstDiffLine && /^---[ \t]*$/.test(text));
  return { files, commitMessageEnd: rule < 0 ? firstDiffLine : rule, part };
}

function linesOf(raw: RawMessage, text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const hasReturns = text.includes('\r');
  const mayEscape = raw.inMbox && text.includes('\n>');
  if (!hasReturns && !mayEscape) return lines;
  return lines.map((line) => {
    const plain = line.endsWith('\r') ? line.slice(0, -1) : line;
    return mayEscape && /^>+From /.test(plain) ? plain.slice(1) : plain;
  });
}
