/**
 * Transfer encodings undone: the lines of one body part become body lines,
 * each with the raw line it came from. Charsets are a matter of the `decode`
 * that is handed in.
 */

import type { Decode } from './charset.js';
import { decodeLeniently, isAscii, trimSpacesAtEnd } from './charset.js';
import type { BodyEncoding, BodyLine, Problem } from './types.js';

/** The still encoded lines of one body part: `lines[from]` to `lines[to - 1]` of a message. */
export interface EncodedPart {
  readonly lines: readonly string[];
  readonly from: number;
  readonly to: number;
  /** Raw line of `lines[0]`. */
  readonly firstLine: number;
  readonly encoding: BodyEncoding;
  /** Whether the raw lines are text already, because an editor decoded them. */
  readonly isText: boolean;
  readonly decode: Decode;
  /** Whether line ends can be found only after decoding (UTF-16). */
  readonly wide: boolean;
}

const HEX_RUN = /(?:=[0-9A-Fa-f]{2})+/g;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_VALUES: ReadonlyMap<number, number> = new Map(
  [...BASE64].map((letter, value) => [letter.charCodeAt(0), value]),
);

/** Which encoding a `Content-Transfer-Encoding` names; 7bit, 8bit, binary and unknown ones change nothing. */
export function encodingOf(value: string | null): BodyEncoding {
  const name = (value ?? '').replace(/[;\s].*$/s, '').toLowerCase();
  return name === 'quoted-printable' || name === 'base64' ? name : 'plain';
}

/** The part's lines, decoded. */
export function decodePart(part: EncodedPart, problems: Problem[]): BodyLine[] {
  switch (part.encoding) {
    case 'plain':
      return plainLines(part, problems);
    case 'quoted-printable':
      return quotedPrintableLines(part, problems);
    case 'base64':
      return base64Lines(part, problems);
  }
}

/** `=C3=B6` as the two bytes it stands for; what is no escape stays. */
export function unescapeHex(text: string): string {
  return text.replace(HEX_RUN, (run) => {
    let bytes = '';
    for (let at = 1; at < run.length; at += 3)
      bytes += String.fromCharCode(parseInt(run.slice(at, at + 2), 16));
    return bytes;
  });
}

/** The byte string that base64 letters stand for; other characters are passed over. */
export function base64Bytes(text: string): string {
  let bytes = '';
  let held = 0;
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    const value = BASE64_VALUES.get(text.charCodeAt(at));
    if (value === undefined) {
      // Padding ends a group; what follows it, if anything, starts afresh.
      if (text[at] === '=') bits = held = 0;
      continue;
    }
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((held >> bits) & 0xff);
  }
  return bytes;
}

function plainLines(part: EncodedPart, problems: Problem[]): BodyLine[] {
  const decode = part.isText ? (line: string) => line : lenient(part, problems);
  const body: BodyLine[] = [];
  for (let at = part.from; at < part.to; at++) {
    const rawLine = part.firstLine + at;
    body.push({ text: decode(part.lines[at]!, rawLine), rawLine });
  }
  return body;
}

function quotedPrintableLines(part: EncodedPart, problems: Problem[]): BodyLine[] {
  const decode = lenient(part, problems);
  const body: BodyLine[] = [];
  for (let at = part.from; at < part.to; at++) {
    const rawLine = part.firstLine + at;
    // White space at the end was added on the way: an encoder writes `=20`.
    let content = trimSpacesAtEnd(part.lines[at]!);
    while (content.endsWith('=')) {
      content = content.slice(0, -1);
      if (at + 1 >= part.to) break;
      content += trimSpacesAtEnd(part.lines[++at]!);
    }
    const text =
      part.isText && !isAscii(content)
        ? content.replace(HEX_RUN, (run) => decode(unescapeHex(run), rawLine))
        : decode(unescapeHex(content), rawLine);
    for (const line of cut(text)) body.push({ text: line, rawLine });
  }
  return body;
}

function base64Lines(part: EncodedPart, problems: Problem[]): BodyLine[] {
  const decode = lenient(part, problems);
  let first = part.from;
  while (first < part.to && part.lines[first]!.trim() === '') first++;
  const letters: string[] = [];
  for (let at = first; at < part.to; at++) {
    const line = part.lines[at]!.trim();
    if (/^[A-Za-z0-9+/=]*$/.test(line)) letters.push(line);
    else
      problems.push({
        line: part.firstLine + at,
        message: 'this line is not base64, as the mail says; passed over',
      });
  }
  const bytes = base64Bytes(letters.join(''));
  if (bytes === '') return [];
  const rawLine = part.firstLine + first;
  const lines = part.wide
    ? cut(decode(bytes, rawLine).replace(/^\ufeff/, ''))
    : cut(bytes).map((line) => decode(line, rawLine));
  // The line end of the last line does not begin another one.
  if (lines.at(-1) === '') lines.pop();
  return lines.map((text) => ({ text, rawLine }));
}

/** Decodes line by line, so that one damaged line leaves the others as they are; says so once. */
function lenient(part: EncodedPart, problems: Problem[]): (bytes: string, rawLine: number) => string {
  let told = false;
  return (bytes, rawLine) => {
    const text = part.decode(bytes);
    if (text !== null) return text;
    if (!told)
      problems.push({ line: rawLine, message: 'not valid in the charset of the mail; read as ISO-8859-1' });
    told = true;
    return decodeLeniently(part.decode, bytes);
  };
}

function cut(text: string): string[] {
  return text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}
