/**
 * Header blocks: which lines are one, unfolded and decoded. What a header
 * means is left to the files that ask for it by name.
 */
import { decodeLeniently, decoderOf, trimSpaces } from './charset.js';
import { decodeWords } from './encoded-words.js';
import type { Header } from './types.js';

const HEADER_LINE = /^([!-9;-~]+)[ \t]*:(.*)$/s;
/** `Index:`, `Note:` and `Author:` may open a plain diff; these open only a mail. */
const MAIL_HEADER =
  /^(?:from|to|cc|subject|message-id|in-reply-to|references|received|return-path|delivered-to|mime-version|content-type)$/i;

/** A header block and the first line after it that is not its closing blank line. */
export interface HeaderBlock {
  readonly headers: readonly Header[];
  /** Index into the lines where the body begins. */
  readonly bodyStart: number;
}

/** Whether the line could be a header's first line. */
export function isHeaderLine(line: string): boolean {
  return HEADER_LINE.test(line);
}

/** Whether the block is a mail's, and not the first lines of some text that happen to have colons. */
export function isMailHeader(headers: readonly Header[]): boolean {
  return headers.some(({ name }) => MAIL_HEADER.test(name));
}

/** The first header of that name, however it is capitalised; null when there is none. */
export function headerValue(headers: readonly Header[], name: string): string | null {
  const wanted = name.toLowerCase();
  return headers.find((header) => header.name.toLowerCase() === wanted)?.value ?? null;
}

/** Reads the header block that begins at `lines[from]`; empty when no header line stands there. */
export function readHeaders(
  lines: readonly string[],
  from: number,
  to: number,
  firstLine: number,
  isText: boolean,
): HeaderBlock {
  const decode = decoderOf(null);
  const headers: Header[] = [];
  let at = from;
  while (at < to) {
    const match = HEADER_LINE.exec(lines[at]!);
    if (!match) {
      // Old mailers leave the envelope of a mail that was forwarded in place.
      if (!/^>+From /.test(lines[at]!)) break;
      at++;
      continue;
    }
    const start = at;
    const pieces = [trimSpaces(match[2]!)];
    while (++at < to && /^[ \t]+\S/.test(lines[at]!)) pieces.push(trimSpaces(lines[at]!));
    const raw = trimSpaces(pieces.join(' '));
    const written = isText ? raw : decodeLeniently(decode, raw);
    headers.push({ name: match[1]!, value: decodeWords(written), written, rawLine: firstLine + start });
  }
  return { headers, bodyStart: lines[at]?.trim() === '' && at < to ? at + 1 : at };
}
