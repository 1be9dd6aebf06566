/**
 * Where things stand in a text: half-open spans of UTF-16 offsets, and the
 * lines they fall on. What the text means is left to every other room.
 */

/** A half-open range of UTF-16 offsets in one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether `inner` lies wholly within `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** A place in a text, both counted from 0; `column` in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Line starts of one text, to turn offsets into lines and back in O(log lines). */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The line (from 0) on which `offset` falls; offsets past the end fall on the last line. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  placeAt(offset: number): Place {
    const line = this.lineAt(offset);
    return { line, column: offset - this.starts[line]! };
  }

  /** Offset of the first character of `line` (from 0), or of the text's end when there is no such line. */
  startOf(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** The line's text without its line end (`\n` or `\r\n`). */
  textOf(line: number): string {
    const end = line + 1 < this.starts.length ? this.starts[line + 1]! - 1 : this.text.length;
    const text = this.text.slice(this.startOf(line), end);
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }
}
