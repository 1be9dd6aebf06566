/** From a place as findings and users name it to the mail and the line of its body. */
import {
  bodyLineAtRawLine,
  decodedDocument,
  type HunkPlace,
  hunkLineAtNewLine,
  hunkLineAtOldLine,
  messageAtRawLine,
  type PatchInput,
  type PatchMessage,
} from '../patch/index.js';

/** A line of the input, or one of a file before or after a patch. */
export interface Wanted {
  /** Raw line of the input, from 1. */
  readonly rawLine?: number;
  /** Path in the kernel tree. */
  readonly file?: string;
  /** Line of that file, as the hunk headers number it. */
  readonly line?: number;
  /** Which of its two versions; left out, the one after the patch. */
  readonly side?: 'new' | 'old';
  /** Message-ID of the patch; left out, the first with that line. */
  readonly message?: string | null;
}

export interface Located {
  readonly message: PatchMessage;
  /** Index into its body; null for a place in the headers. */
  readonly bodyLine: number | null;
}

/** Null when no mail of the input has the place. */
export function locate(input: PatchInput, wanted: Wanted): Located | null {
  const byRaw = wanted.rawLine === undefined ? null : messageAtRawLine(input, wanted.rawLine);
  // Of an encoded body several lines may stand on one raw line.
  const isExact = byRaw?.encoding === 'plain';
  if (byRaw && isExact) return { message: byRaw, bodyLine: bodyLineAtRawLine(byRaw, wanted.rawLine!) };
  for (const message of byRaw ? [byRaw] : input.messages) {
    if (wanted.message && message.messageId !== wanted.message) continue;
    const place = hunkPlace(message, wanted);
    if (place) return { message, bodyLine: place.line.bodyLine };
  }
  return byRaw ? { message: byRaw, bodyLine: bodyLineAtRawLine(byRaw, wanted.rawLine!) } : null;
}

/** The same for a line (from 1) of the decoded document; null for lines between mails. */
export function locateDecoded(input: PatchInput, line: number): Located | null {
  const decoded = decodedDocument(input);
  let before: PatchMessage | null = null;
  for (const message of input.messages) {
    const bodyLine = line - decoded.lineOf(message, 0);
    if (bodyLine >= 0 && bodyLine < message.body.length) return { message, bodyLine };
    // The shown headers of a mail stand before its body.
    if (bodyLine < 0) return { message, bodyLine: null };
    before = message;
  }
  return before && { message: before, bodyLine: null };
}

function hunkPlace({ files }: PatchMessage, { file: path, line, side }: Wanted): HunkPlace | null {
  if (path === undefined || line === undefined) return null;
  for (const file of files) {
    if (path !== (side === 'old' ? file.oldPath : file.newPath)) continue;
    const place = side === 'old' ? hunkLineAtOldLine(file, line) : hunkLineAtNewLine(file, line);
    if (place) return place;
  }
  return null;
}
