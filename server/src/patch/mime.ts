/**
 * The body of a mail: which of its MIME parts are text somebody wrote or a
 * patch somebody attached, and their decoded lines in the order they stand.
 * Signatures, HTML twins of a text and archives are left out.
 */
import { decoderOf, isWideCharset } from './charset.js';
import { readParameters } from './encoded-words.js';
import { unstuff } from './flowed.js';
import { headerValue, readHeaders } from './headers.js';
import { decodePart, encodingOf } from './transfer.js';
import type { BodyEncoding, BodyLine, Header, Problem } from './types.js';

/** Mails nest parts three or four deep; deeper is an attack. */
const DEEPEST = 12;

/** One text part, decoded. */
export interface TextPart {
  readonly lines: readonly BodyLine[];
  readonly encoding: BodyEncoding;
}

/** Where a body stands among the lines of its message. */
export interface BodyPlace {
  readonly lines: readonly string[];
  readonly from: number;
  readonly to: number;
  /** Raw line of `lines[0]`. */
  readonly firstLine: number;
  /** Whether the lines are text already, because an editor decoded them. */
  readonly isText: boolean;
}

interface Found {
  readonly text: TextPart[];
  /** Read only when a mail has nothing else. */
  readonly html: TextPart[];
  readonly problems: Problem[];
}

/** The text parts of a body with these headers. */
export function readParts(
  place: BodyPlace,
  headers: readonly Header[],
  problems: Problem[],
): readonly TextPart[] {
  const found: Found = { text: [], html: [], problems };
  collect(place, headers, found, 0);
  if (found.text.length > 0 || found.html.length === 0) return found.text;
  problems.push({ line: place.firstLine + place.from, message: 'the mail has no plain text, only HTML' });
  return found.html;
}

function collect(place: BodyPlace, headers: readonly Header[], found: Found, depth: number): void {
  const type = readParameters(headerValue(headers, 'Content-Type') ?? 'text/plain');
  if (depth < DEEPEST && type.value.startsWith('multipart/')) {
    const parts = partsBetween(place, type.parameters.get('boundary') ?? '');
    for (const part of parts) collectPart(part, found, depth);
    if (parts.length > 0) return;
    const line = place.firstLine + place.from;
    found.problems.push({ line, message: 'a multipart body without its boundary; read as one text' });
  } else if (depth < DEEPEST && type.value === 'message/rfc822') {
    collectPart(place, found, depth);
    return;
  }
  const kind = kindOf(type.value, nameOf(headers));
  if (kind === 'html') found.html.push(decoded(place, headers, found.problems));
  else if (kind === 'text') found.text.push(decoded(place, headers, found.problems));
  else if (kind === 'packed') {
    const line = headers[0]?.rawLine ?? place.firstLine + place.from;
    found.problems.push({ line, message: `the attachment ${nameOf(headers)} is packed and was not read` });
  }
}

/** A part with its own headers. */
function collectPart(place: BodyPlace, found: Found, depth: number): void {
  const { headers, bodyStart } = readHeaders(
    place.lines,
    place.from,
    place.to,
    place.firstLine,
    place.isText,
  );
  collect({ ...place, from: bodyStart }, headers, found, depth + 1);
}

/** The places between the boundary lines; the last part may lack its closing one in a cut-off mail. */
function partsBetween(place: BodyPlace, boundary: string): BodyPlace[] {
  const parts: BodyPlace[] = [];
  if (boundary === '') return parts;
  const opening = `--${boundary}`;
  let from = -1;
  for (let at = place.from; at < place.to; at++) {
    const line = place.lines[at]!;
    if (!line.startsWith(opening)) continue;
    const rest = line.slice(opening.length).trim();
    if (rest !== '' && rest !== '--') continue;
    if (from >= 0) parts.push({ ...place, from, to: at });
    from = at + 1;
    if (rest === '--') return parts;
  }
  if (from >= 0) parts.push({ ...place, from });
  return parts;
}

function nameOf(headers: readonly Header[]): string {
  const disposition = readParameters(headerValue(headers, 'Content-Disposition') ?? '');
  const type = readParameters(headerValue(headers, 'Content-Type') ?? '');
  return disposition.parameters.get('filename') ?? type.parameters.get('name') ?? '';
}

function kindOf(type: string, name: string): 'text' | 'html' | 'packed' | 'other' {
  if (type === 'text/html') return 'html';
  if (type === '' || !type.includes('/') || type.startsWith('text/') || type.startsWith('multipart/'))
    return 'text';
  if (/\.(?:patch|diff|mbox)(?:\.txt)?$/i.test(name) || /^application\/.*(?:patch|diff)/.test(type))
    return 'text';
  if (/\.(?:patch|diff|mbox|patches)\.(?:gz|xz|bz2|zst|zip)$/i.test(name)) return 'packed';
  return 'other';
}

function decoded(place: BodyPlace, headers: readonly Header[], problems: Problem[]): TextPart {
  const type = readParameters(headerValue(headers, 'Content-Type') ?? '');
  const charset = type.parameters.get('charset') ?? null;
  // A multipart header says nothing of how its text is encoded.
  const named = type.value.startsWith('multipart/')
    ? null
    : headerValue(headers, 'Content-Transfer-Encoding');
  const encoding = encodingOf(named);
  const lines = decodePart(
    { ...place, encoding, decode: decoderOf(charset), wide: isWideCharset(charset) },
    problems,
  );
  if (type.parameters.get('format')?.toLowerCase() !== 'flowed') return { lines, encoding };
  return { lines: unstuff(lines, type.parameters.get('delsp')?.toLowerCase() === 'yes'), encoding };
}
