/** Turns places in a unit's text into places that people can find: lines of the kernel's file, raw lines of the input. */
import type { LineIndex, Span } from '../base/index.js';
import type { Region, Source } from '../findings/index.js';
import type { Spot, Unit } from '../iommu/index.js';
import type { MailSpot, PatchFact } from '../rules/index.js';
import { type ImageLine, lineIndexOf } from '../tree/index.js';

/** Which input a unit came from. */
export interface Origin {
  /** As given by the user. */
  readonly path: string;
  /** Message-ID, or null. */
  readonly message: string | null;
  /** Line in the decoded document for an index into the message's body; null for C files. */
  readonly decodedLineOf: ((bodyLine: number) => number) | null;
}

/** A place found: `source` is null where the input does not show the line. */
export interface Found {
  readonly region: Region;
  readonly source: Source | null;
}

export class Locator {
  private readonly removed = new Map<readonly string[], ReadonlySet<string>>();

  constructor(
    private readonly origins: ReadonlyMap<Unit, Origin>,
    private readonly mails: ReadonlyMap<PatchFact, Origin> = new Map(),
  ) {}

  /** The first and the last image line that a place covers. */
  private linesAt({ unit, span }: Spot): readonly [first: number, last: number] {
    const index = lineIndexOf(unit.image);
    const first = index.lineAt(span.start);
    return [first, span.end - 1 > span.start ? index.lineAt(span.end - 1) : first];
  }

  /** The image lines that a place covers. */
  linesOf(spot: Spot): readonly ImageLine[] {
    const [first, last] = this.linesAt(spot);
    return spot.unit.image.lines.slice(first, last + 1);
  }

  /** Whether one of the image lines that a place covers is like that. */
  hasLine(spot: Spot, isLike: (line: ImageLine) => boolean): boolean {
    const [first, last] = this.linesAt(spot);
    const { lines } = spot.unit.image;
    for (let at = first; at <= last; at++) if (isLike(lines[at]!)) return true;
    return false;
  }

  /** Whether a patch adds a line of it, or it stands in a file that is reviewed as it is. */
  isAdded(spot: Spot): boolean {
    return this.hasLine(spot, ({ isAdded }) => isAdded);
  }

  /** Whether a patch adds lines of it, and takes out every one of them here or in another of its files. */
  isPutBack(spot: Spot): boolean {
    const removed = this.removedFrom(spot.unit);
    if (removed.size === 0) return false;
    const index = lineIndexOf(spot.unit.image);
    const first = index.lineAt(spot.span.start);
    const added = this.linesOf(spot).flatMap(({ isAdded }, at) =>
      isAdded ? [squeezed(index.textOf(first + at))] : [],
    );
    return added.length > 0 && added.every((text) => removed.has(text));
  }

  /** Whether the patch takes out, here or in another of its files, the very line that it begins on. */
  isMoved({ unit, span }: Spot): boolean {
    const index = lineIndexOf(unit.image);
    const line = squeezed(index.textOf(index.lineAt(span.start)));
    return line.length > 3 && this.removedFrom(unit).has(line);
  }

  private removedFrom({ image }: Unit): ReadonlySet<string> {
    let lines = this.removed.get(image.removed);
    if (!lines) {
      lines = new Set(image.removed.map(squeezed));
      this.removed.set(image.removed, lines);
    }
    return lines;
  }

  /** Whether the input shows a line of it. */
  isShown(spot: Spot): boolean {
    return this.hasLine(spot, ({ rawLine }) => rawLine !== null);
  }

  /** Null for a place that only stands in for what a fragment does not show. */
  find({ unit, span }: Spot): Found | null {
    const index = lineIndexOf(unit.image);
    const start = index.placeAt(span.start);
    const end = this.lastShown(unit, index, span);
    const first = unit.image.lines[start.line];
    const last = unit.image.lines[end.line];
    if (!first || first.line === null || !last || last.line === null) return null;
    const region: Region = {
      file: unit.image.path,
      line: first.line,
      column: start.column + 1,
      endLine: last.line,
      endColumn: end.column + 1,
    };
    const origin = this.origins.get(unit);
    if (!origin || first.rawLine === null) return { region, source: null };
    const decodedLine = first.bodyLine === null ? null : (origin.decodedLineOf?.(first.bodyLine) ?? null);
    return {
      region,
      source: { path: origin.path, message: origin.message, line: first.rawLine, decodedLine },
    };
  }

  /** A line of a mail: no place in the kernel, and one in the input. */
  findInMail({ patch, line }: MailSpot): { readonly region: null; readonly source: Source } | null {
    const origin = this.mails.get(patch);
    if (!origin) return null;
    const { bodyLine, rawLine } = line;
    const decodedLine = bodyLine === null ? null : (origin.decodedLineOf?.(bodyLine) ?? null);
    return {
      region: null,
      source: { path: origin.path, message: origin.message, line: rawLine, decodedLine },
    };
  }

  /** The end of a span, cut where the lines stop being those of one hunk. */
  private lastShown(unit: Unit, index: LineIndex, span: Span): { line: number; column: number } {
    const start = index.lineAt(span.start);
    const end = index.placeAt(span.end);
    for (let line = start + 1; line <= end.line; line++) {
      const at = unit.image.lines[line];
      if (at && at.line !== null && at.line === unit.image.lines[line - 1]!.line! + 1) continue;
      return { line: line - 1, column: index.textOf(line - 1).length };
    }
    return end;
  }
}

/** A line without the blanks that moving it changes. */
function squeezed(line: string): string {
  return line.replace(/\s+/g, '');
}
