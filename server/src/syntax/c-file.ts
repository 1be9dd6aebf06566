/**
 * One C text, parsed piece by piece (chunks.ts): its outline at once, the
 * bodies of its functions when asked for. Never fails. An edited text takes
 * over from its predecessor every piece that the edit did not touch.
 */
import { contains, type Span } from '../base/index.js';
import type { Block, FunctionItem, Item } from './ast.js';
import { chunkStarts } from './chunks.js';
import { type Configuration, DEFAULT_CONFIGURATION } from './configuration.js';
import type { Mark } from './mask.js';
import { Parsed } from './node.js';
import { readOutline, type StandIn } from './outline.js';
import { PieceText } from './piece-text.js';
import { readBlock } from './read-statements.js';
import { shifted } from './shift.js';

/**
 * A piece where it was read first. As long as the file has its text, this is
 * the very same object, wherever edits before it move the text to: what is
 * worked out of its items and their bodies can be kept by them.
 */
export class Piece {
  readonly items: readonly Item[];
  /** In offsets of the text it was read in first. */
  readonly marks: readonly Mark[];
  private readonly blocks = new Map<FunctionItem, Block | null>();

  /** `base`: where it stood. */
  constructor(
    readonly source: PieceText,
    readonly base: number,
    standIns: readonly StandIn[],
  ) {
    this.marks = moved(source.marks, base);
    this.items = readOutline(new Parsed(source.text, source.outline, this.marks, base), standIns);
  }

  get text(): string {
    return this.source.text;
  }

  /** The body of one of its functions, or null for a prototype. */
  bodyOf(item: FunctionItem): Block | null {
    const known = this.blocks.get(item);
    if (known !== undefined) return known;
    const block = this.readBody(item, this.base);
    this.blocks.set(item, block);
    return block;
  }

  /** The same with the spans that it has when the piece stands at `base`, as those of `item` are. */
  readBody({ bodySpan: span }: FunctionItem, base: number): Block | null {
    if (span === null) return null;
    const { source } = this;
    const found = source.body({ start: span.start - base, end: span.end - base });
    if (!found) {
      const { start, end } = span;
      const statement = {
        kind: 'opaque-statement',
        reason: 'cannot tell where it ends',
        start,
        end,
      } as const;
      return { kind: 'compound', start, end, statements: [statement] };
    }
    const marks = base === this.base ? this.marks : moved(source.marks, base);
    const own = marks.filter((mark) => contains(span, mark));
    const parsed = new Parsed(source.text.slice(found.from), found.tree, own, base + found.from);
    return readBlock(parsed, found.node);
  }
}

/** A piece at its place. */
export interface PlacedPiece {
  readonly piece: Piece;
  readonly base: number;
  /** Those of the piece, in the same order, with the spans that they have here. */
  readonly items: readonly Item[];
}

/** A function as it stands in its piece, and how far that has moved since. */
export interface Original {
  readonly piece: Piece;
  readonly item: FunctionItem;
  readonly shift: number;
}

export class CFile {
  private readonly byText = new Map<string, PlacedPiece>();
  private readonly homes = new Map<FunctionItem, PlacedPiece>();
  private readonly blocks: WeakMap<FunctionItem, Block>;
  private allMarks: readonly Mark[] | null = null;
  private allPieces: readonly PlacedPiece[] | null = null;
  private allItems: readonly Item[] | null = null;
  private readonly starts: readonly number[];
  /** Those that somebody has asked for. */
  private readonly placed: (PlacedPiece | undefined)[] = [];
  private before: CFile | undefined;

  /**
   * `standIns`: parts of `text` that replace what a fragment does not show.
   * `before`: the same file as it was; items of pieces that stand where they
   * stood are the very same objects. `configuration`: which arms of `#if` are
   * read in code; pass the same object each time, since of a file that was
   * read under another one nothing is taken over.
   */
  constructor(
    readonly text: string,
    private readonly standIns: readonly StandIn[] = [],
    before?: CFile,
    readonly configuration: Configuration = DEFAULT_CONFIGURATION,
  ) {
    this.before = before?.configuration === configuration ? before : undefined;
    this.blocks = this.before?.blocks ?? new WeakMap();
    // What the version before would parse later, it must not parse beside this one.
    void this.before?.pieces;
    this.starts = chunkStarts(text);
  }

  /** All pieces, in order. */
  get pieces(): readonly PlacedPiece[] {
    if (!this.allPieces) {
      this.allPieces = this.starts.map((_, index) => this.pieceAt(index));
      // All is taken over that can be: the version before may go.
      this.before = undefined;
    }
    return this.allPieces;
  }

  /** All items, in order. */
  get items(): readonly Item[] {
    this.allItems ??= this.pieces.flatMap(({ items }) => items);
    return this.allItems;
  }

  /** Items of the pieces that hold these offsets; no other piece is parsed. */
  itemsAt(offsets: readonly number[]): readonly Item[] {
    const indices = new Set(offsets.map((offset) => this.indexAt(offset)));
    return [...indices].sort((a, b) => a - b).flatMap((index) => this.pieceAt(index).items);
  }

  /** The piece that an offset lies in. */
  private indexAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private endOf(index: number): number {
    return this.starts[index + 1] ?? this.text.length;
  }

  private pieceAt(index: number): PlacedPiece {
    let placed = this.placed[index];
    if (!placed) {
      const start = this.starts[index]!;
      placed = this.place(this.text.slice(start, this.endOf(index)), start);
      this.placed[index] = placed;
    }
    return placed;
  }

  private place(text: string, base: number): PlacedPiece {
    const { standIns } = this;
    const known = this.byText.get(text) ?? this.before?.byText.get(text);
    const source = known?.piece.source ?? new PieceText(ownCopy(text), this.configuration);
    const placed =
      known && standIns.length === 0 ? placedAt(known, base) : standing(new Piece(source, base, standIns));
    this.byText.set(placed.piece.text, placed);
    for (const item of placed.items) if (item.kind === 'function') this.homes.set(item, placed);
    return placed;
  }

  /** What the mask hid from the grammar: annotations, directives, iteration macros, … */
  get marks(): readonly Mark[] {
    this.allMarks ??= this.pieces.flatMap(({ piece, base }) => moved(piece.marks, base - piece.base));
    return this.allMarks;
  }

  /** The function's body, or null for a prototype and for items of another file. */
  bodyOf(item: FunctionItem): Block | null {
    const home = this.homes.get(item);
    if (!home) return null;
    if (home.base === home.piece.base) return home.piece.bodyOf(item);
    const known = this.blocks.get(item);
    if (known) return known;
    const block = home.piece.readBody(item, home.base);
    if (block) this.blocks.set(item, block);
    return block;
  }

  /** Where the text ceases to be the author's: at what completes the item, or at its end. */
  shownUntil({ start, end }: FunctionItem): number {
    const ends = this.standIns.filter((each) => each.for === 'end' && each.start > start && each.start < end);
    return Math.min(end, ...ends.map((each) => each.start));
  }

  /** Where the text becomes the author's: behind what opens the item, or at its start. */
  shownFrom({ start, end }: FunctionItem): number {
    const heads = this.standIns.filter(
      (each) => each.for !== 'end' && each.start < end && each.end > start && each.end < end,
    );
    return Math.max(start, ...heads.map((each) => each.end));
  }

  /** Null for items of another file. */
  originalOf(item: FunctionItem): Original | null {
    const home = this.homes.get(item);
    const original = home?.piece.items[home.items.indexOf(item)];
    if (!home || original?.kind !== 'function') return null;
    return { piece: home.piece, item: original, shift: home.base - home.piece.base };
  }

  /** Where the grammar could not follow, in order. Parses every body that nobody has asked for yet. */
  get errors(): readonly Span[] {
    return this.pieces.flatMap(errorsOf);
  }

  /** Where the grammar could not follow inside of a function. */
  errorsIn(item: FunctionItem): readonly Span[] {
    const home = this.homes.get(item);
    return home ? errorsOf(home).filter((error) => contains(item, error)) : [];
  }
}

function errorsOf({ piece, base }: PlacedPiece): readonly Span[] {
  return moved(piece.source.errors(), base);
}

/** Where it was read. */
function standing(piece: Piece): PlacedPiece {
  return { piece, base: piece.base, items: piece.items };
}

function placedAt(known: PlacedPiece, base: number): PlacedPiece {
  const { piece } = known;
  if (known.base === base) return known;
  if (piece.base === base) return standing(piece);
  return { piece, base, items: shifted(piece.items, base - piece.base) };
}

/** A slice would keep alive the whole text it was cut from, and with it every version that an edit replaced. */
function ownCopy(slice: string): string {
  return ` ${slice}`.slice(1);
}

function moved<T extends Span>(spans: readonly T[], by: number): readonly T[] {
  return by === 0 ? spans : spans.map((each) => ({ ...each, start: each.start + by, end: each.end + by }));
}
