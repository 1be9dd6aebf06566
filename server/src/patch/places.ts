/**
 * From one numbering to another: raw lines of the input, body lines, and lines
 * of the files before and after. The lines carry their numbers upwards; these
 * functions find the way back.
 */
import type { Hunk, HunkLine, PatchFile, PatchInput, PatchMessage } from './types.js';

/** A hunk line with what it stands in. */
export interface HunkPlace {
  readonly file: PatchFile;
  readonly hunk: Hunk;
  readonly line: HunkLine;
}

/** The message a raw line (from 1) belongs to; null when it stands before, between or after them. */
export function messageAtRawLine(input: PatchInput, rawLine: number): PatchMessage | null {
  return input.messages.find(({ rawLines }) => rawLines.first <= rawLine && rawLine <= rawLines.last) ?? null;
}

/**
 * Index of the body line that a raw line (from 1) shows; null for headers and
 * what lies between parts. In an encoded body several raw lines may hold one
 * body line, or many: the one that begins at or last before it is given.
 */
export function bodyLineAtRawLine(message: PatchMessage, rawLine: number): number | null {
  const { body } = message;
  if (rawLine > message.rawLines.last) return null;
  let low = 0;
  let high = body.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (body[middle]!.rawLine < rawLine) low = middle + 1;
    else high = middle;
  }
  if (body[low]?.rawLine === rawLine) return low;
  return message.encoding === 'plain' || low === 0 ? null : low - 1;
}

/** The hunk line at an index into the message's body; null for text, headers of files and `@@` lines. */
export function hunkLineAtBodyLine(message: PatchMessage, bodyLine: number): HunkPlace | null {
  for (const file of message.files)
    for (const hunk of file.hunks) {
      const { lines } = hunk;
      if (lines.length === 0 || bodyLine < lines[0]!.bodyLine || bodyLine > lines.at(-1)!.bodyLine) continue;
      const line = lines.find((candidate) => candidate.bodyLine === bodyLine);
      return line ? { file, hunk, line } : null;
    }
  return null;
}

/** The hunk line with that number in the file after the patch; null outside the hunks. */
export function hunkLineAtNewLine(file: PatchFile, newLine: number): HunkPlace | null {
  return find(file, (line) => line.newLine === newLine);
}

/** The hunk line with that number in the file before the patch; null outside the hunks. */
export function hunkLineAtOldLine(file: PatchFile, oldLine: number): HunkPlace | null {
  return find(file, (line) => line.oldLine === oldLine);
}

function find(file: PatchFile, wanted: (line: HunkLine) => boolean): HunkPlace | null {
  for (const hunk of file.hunks) {
    const line = hunk.lines.find(wanted);
    if (line) return { file, hunk, line };
  }
  return null;
}
