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
  readonly pieces: readonly PlacedPiece[];
  readonly items: readonly Item[];

  /**
   * `standIns`: parts of `text` that replace what a fragment does not show.
   * `before`: the same file as it was; items of pieces that stand where they
   * stood are the very same objects. `configuration`: which arms of `#if` are
   * read in code; pass the same object each time, since of a file that was
   * read under another one nothing is taken over.
   */
  constructor(
    readonly text: string,
    standIns: readonly StandIn[] = [],
    before?: CFile,
    readonly configuration: Configuration = DEFAULT_CONFIGURATION,
  ) {
    const known = before?.configuration === configuration ? before : undefined;
    this.blocks = known?.blocks ?? new WeakMap();
    const starts = chunkStarts(text);
    this.pieces = starts.map((start, index) =>
      this.place(text.slice(start, starts[index + 1]), start, standIns, known),
    );
    this.items = this.pieces.flatMap(({ items }) => items);
  }

  private place(
    text: string,
    base: number,
    standIns: readonly StandIn[],
    before: CFile | undefined,
  ): PlacedPiece {
    const known = this.byText.get(text) ?? before?.byText.get(text);
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
