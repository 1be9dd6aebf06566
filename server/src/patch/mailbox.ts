/**
 * The messages of one input, found by a quick look at its lines and read one
 * by one when asked for: a list archive of thousands of mails opens at once.
 */
import { textOfBytes } from './charset.js';
import { isHeaderLine, isMailHeader, readHeaders } from './headers.js';
import type { MessageSummary, RawMessage } from './message.js';
import { readMessage, readSummary } from './message.js';
import { seriesOrder } from './series.js';
import type { PatchInput, PatchMessage, Problem } from './types.js';

/** An input whose messages are read only when asked for. Indices count the messages as they stand in it. */
export interface Mailbox {
  readonly messageCount: number;
  /** Problems that belong to no message. */
  readonly problems: readonly Problem[];
  /** Headers and subject of a message; cheap, and kept. */
  summaryAt(index: number): MessageSummary;
  /** A message, read anew at each call. */
  messageAt(index: number): PatchMessage;
  /** All indices in series order, as `PatchInput.messages` has them; looks at headers only. */
  inSeriesOrder(): readonly number[];
}

interface Start {
  readonly offset: number;
  /** Raw line, from 1. */
  readonly line: number;
  readonly inMbox: boolean;
}

const FROM_LINE_WITH_DATE = /^From \S+ +\w{3} +\w{3} +\d{1,2} +\d\d:\d\d(?::\d\d)? .*\d{4}/;
/** The `From ` line that `git format-patch` writes, in a box or at the head of an attached patch. */
const FORMAT_PATCH_LINE = /^From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001/;
const COMMIT_LINE = /^commit [0-9a-f]{40,64}(?: \(.*\))?\s*$/;
const BYTE_ORDER_MARK = /^(?:\ufeff|\xef\xbb\xbf)/;

/** Finds the messages of an input; bytes are decoded as each part of a mail says, text is taken as decoded. */
export function openMailbox(content: string | Uint8Array): Mailbox {
  const { text, isText } = textOf(content);
  const { starts, lineCount } = findStarts(text);
  const raws = starts.map((start, index): RawMessage => {
    const next = starts[index + 1];
    const span = { text: text.slice(start.offset, next?.offset), firstLine: start.line, isText };
    return { ...span, lastLine: next ? next.line - 1 : lineCount, inMbox: start.inMbox };
  });
  const summaries: MessageSummary[] = [];
  const summaryAt = (index: number): MessageSummary => (summaries[index] ??= readSummary(rawAt(raws, index)));
  return {
    messageCount: raws.length,
    problems: raws.length > 0 ? [] : [{ line: 1, message: 'the input is empty' }],
    summaryAt,
    messageAt: (index) => readMessage(rawAt(raws, index)),
    inSeriesOrder: () => seriesOrder(raws.map((_, index) => summaryAt(index))),
  };
}

/**
 * Reads a whole input: an mbox, a mail, `git format-patch` output, a bare diff, or several of them in a row.
 * `limit`: of a larger mailbox only so many messages, in series order.
 */
export function readPatches(
  content: string | Uint8Array,
  limit = Number.POSITIVE_INFINITY,
): PatchInput & { readonly messageCount: number } {
  const box = openMailbox(content);
  const order = box.inSeriesOrder().slice(0, limit);
  const { messageCount, problems } = box;
  return { messages: order.map((index) => box.messageAt(index)), problems, messageCount };
}

/**
 * Whether the line is one that opens a mail in a box. The line after it must be
 * a header; without a date it must be a mail's, or a paragraph that begins with
 * "From" would pass, and without the blank line that some archives lack, the
 * date leaves no doubt.
 */
export function isSeparator(line: string, next: string, afterBlank: boolean): boolean {
  if (!line.startsWith('From ')) return false;
  if (FROM_LINE_WITH_DATE.test(line)) return isHeaderLine(next) || /^>+From /.test(next);
  return afterBlank && opensMail([next]);
}

/** Whether the line is the first of a commit as `git show` and `git log -p` print it. */
export function isCommitLine(line: string, next: string): boolean {
  return COMMIT_LINE.test(line) && /^(?:Author|Merge): /.test(next);
}

function rawAt(raws: readonly RawMessage[], index: number): RawMessage {
  return raws[index] ?? { text: '', firstLine: 1, lastLine: 1, inMbox: false, isText: true };
}

function textOf(content: string | Uint8Array): { text: string; isText: boolean } {
  const { text, decoded } =
    typeof content === 'string' ? { text: content, decoded: true } : textOfBytes(content);
  return { text: text.replace(BYTE_ORDER_MARK, ''), isText: decoded };
}

function findStarts(text: string): { starts: readonly Start[]; lineCount: number } {
  const starts: Start[] = [];
  const closings = closingBoundaries(text);
  let line = 0;
  let afterBlank = true;
  let isLog = false;
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    line++;
    const isBlank = end === at || (end === at + 1 && text[at] === '\r');
    const first = text.charCodeAt(at);
    if (first === 0x46 /* F */ && isSeparator(text.slice(at, end), lineAfter(text, end), afterBlank)) {
      if (!isAttached(text, starts.at(-1), at, end, closings))
        starts.push({ offset: at, line, inMbox: true });
    } else if (first === 0x63 /* c */ && isCommitLine(text.slice(at, end), lineAfter(text, end))) {
      isLog ||= starts.length === 0;
      if (isLog) starts.push({ offset: at, line, inMbox: false });
    } else if (!isBlank && starts.length === 0) starts.push({ offset: at, line, inMbox: false });
    afterBlank = isBlank;
    at = end + 1;
  }
  return { starts, lineCount: line };
}

/**
 * Whether a `git format-patch` line stands within a mail's open multipart body:
 * then it heads an attached patch. Box separators look otherwise, so a mail
 * that was cut off cannot swallow the next one of an archive.
 */
function isAttached(
  text: string,
  current: Start | undefined,
  at: number,
  end: number,
  closings: () => ReadonlyMap<string, readonly number[]>,
): boolean {
  if (!current || !FORMAT_PATCH_LINE.test(text.slice(at, end))) return false;
  const before = text.slice(current.offset, at);
  const head = before.slice(0, /\n\r?\n/.exec(before)?.index);
  const named = /^content-type:\s*multipart\/.{0,2000}?boundary=(?:"([^"]+)"|([^\s;]+))/ims.exec(head);
  const boundary = named?.[1] ?? named?.[2];
  if (boundary === undefined) return false;
  const closing = closings()
    .get(boundary)
    ?.find((offset) => offset > current.offset);
  return closing !== undefined && closing > at;
}

/** Where `--boundary--` lines stand, by boundary; gathered once, and only if some mail needs it. */
function closingBoundaries(text: string): () => ReadonlyMap<string, readonly number[]> {
  let found: Map<string, number[]> | null = null;
  return () => {
    if (found) return found;
    found = new Map();
    for (const match of text.matchAll(/^--(\S.*)--[ \t\r]*$/gm)) {
      const offsets = found.get(match[1]!);
      if (offsets) offsets.push(match.index);
      else found.set(match[1]!, [match.index]);
    }
    return found;
  };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function lineAfter(text: string, end: number): string {
  return end + 1 >= text.length ? '' : text.slice(end + 1, lineEnd(text, end + 1));
}

/** Whether the lines open with a mail's header block. */
export function opensMail(lines: readonly string[]): boolean {
  return isMailHeader(readHeaders(lines, 0, lines.length, 1, true).headers);
}
