/**
 * Lines and columns of code against those of the document that shows it: in a
 * plain patch a `+` or a space stands before each line; in a quoted-printable
 * or base64 mail the code is not visible, and only whole raw lines can be
 * pointed at.
 */
import type { LineIndex } from '../base/index.js';
import type { Region } from '../findings/index.js';
import { messageAtRawLine, type PatchInput, type PatchMessage } from '../patch/index.js';
import type { DocumentPosition, DocumentRange } from './types.js';

export class RawPlaces {
  constructor(
    private readonly index: LineIndex,
    private readonly isPatch: boolean,
    private readonly patches: readonly PatchInput[],
  ) {}

  private messageAt(rawLine: number): PatchMessage | null {
    for (const patch of this.patches) {
      const message = messageAtRawLine(patch, rawLine);
      if (message) return message;
    }
    return null;
  }

  /** The whole of a raw line (from 1). */
  lineRange(rawLine: number): DocumentRange {
    const line = rawLine - 1;
    return { start: { line, character: 0 }, end: { line, character: this.index.textOf(line).length } };
  }

  /** From the start of one raw line to the end of another. */
  linesRange(first: number, last: number): DocumentRange {
    return { start: this.lineRange(first).start, end: this.lineRange(Math.max(first, last)).end };
  }

  /** Where a region whose first line stands on `rawLine` is shown. */
  rangeOf(region: Region | null, rawLine: number): DocumentRange {
    const whole = this.lineRange(rawLine);
    if (!region) return whole;
    const shift = this.shiftAt(rawLine);
    if (shift === null) return whole;
    const lines = region.endLine - region.line;
    const last = this.lastLine(rawLine - 1, lines);
    const start = { line: rawLine - 1, character: Math.min(region.column - 1 + shift, whole.end.character) };
    const limit = this.index.textOf(last).length;
    const end =
      last - (rawLine - 1) === 0 && lines > 0 ? limit : Math.min(region.endColumn - 1 + shift, limit);
    return {
      start,
      end: { line: last, character: Math.max(end, last === start.line ? start.character : 0) },
    };
  }

  /** The document line on which a region of `lines` further post-image lines ends; removed lines in between are passed over. */
  private lastLine(first: number, lines: number): number {
    let line = first;
    for (let left = lines; left > 0 && line + 1 < this.index.lineCount; ) {
      line++;
      if (!this.isPatch || !this.index.textOf(line).startsWith('-')) left--;
    }
    return line;
  }

  /** How many characters stand before the code of a raw line; null when the line does not show its code. */
  private shiftAt(rawLine: number): number | null {
    if (!this.isPatch) return 0;
    const message = this.messageAt(rawLine);
    if (message?.encoding === 'plain') return /^[+ -]/.test(this.index.textOf(rawLine - 1)) ? 1 : 0;
    return null;
  }

  /** The column in the code at a position of the document; null where no code is shown. */
  columnInCode(position: DocumentPosition): number | null {
    const shift = this.shiftAt(position.line + 1);
    return shift === null ? null : Math.max(0, position.character - shift);
  }
}
