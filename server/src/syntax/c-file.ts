/**
 * One C text, parsed piece by piece (chunks.ts): its outline at once, the
 * bodies of its functions when asked for. Never fails. An edited text takes
 * over from its predecessor every piece that the edit did not touch.
 */
import type { Span } from '../base/index.js';
import type { Block, FunctionItem, Item } from './ast.js';
import { chunkStarts } from './chunks.js';
import { type Configuration, DEFAULT_CONFIGURATION } from './configuration.js';
import { type Mark, maskKernelC } from './mask.js';
import { Parsed, type ParsedPiece } from './node.js';
import { readOutline, type StandIn } from './outline.js';
import { nodeAt, type ParsedText, parseText } from './parser.js';
import { readBlock } from './read-statements.js';
import { shifted } from './shift.js';

/**
 * A piece where it was read first. As long as the file has its text, this is
 * the very same object, wherever edits before it move the text to: what is
 * worked out of its items and their bodies can be kept by them.
 */
export class Piece {
  readonly items: readonly Item[];
  readonly errors: readonly Span[];
  readonly marks: readonly Mark[];
  private readonly blocks = new Map<FunctionItem, Block | null>();

  /** `base`: where it stood. */
  constructor(
    readonly parse: PieceText,
    readonly base: number,
    standIns: readonly StandIn[],
  ) {
    const { text, parsed, marks } = parse;
    const reader = new Parsed({ text, tree: parsed.outline, marks }, base);
    this.items = readOutline(reader, standIns);
    this.errors = reader.tree.errors.map((node) => reader.span(node));
    this.marks = reader.marks;
  }

  get text(): string {
    return this.parse.text;
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
  readBody({ bodySpan }: FunctionItem, base: number): Block | null {
    const { text, parsed, marks } = this.parse;
    if (bodySpan === null) return null;
    const tree = parsed.whole();
    const node = nodeAt(tree, 'compound_statement', bodySpan.start - base);
    return node === null ? null : readBlock(new Parsed({ text, tree, marks }, base), node);
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

/** A piece of text, parsed as far as somebody has asked. */
interface PieceText extends Omit<ParsedPiece, 'tree'> {
  readonly parsed: ParsedText;
}

export class CFile {
  private readonly byText = new Map<string, PlacedPiece>();
  private readonly homes = new Map<FunctionItem, PlacedPiece>();
  private readonly blocks: WeakMap<FunctionItem, Block>;
  private allMarks: readonly Mark[] | null = null;
  readonly pieces: readonly PlacedPiece[];
  readonly items: readonly Item[];
  /** Where the grammar could not follow, in order. */
  readonly errors: readonly Span[];

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
    this.errors = this.pieces.flatMap(({ piece, base }) => moved(piece.errors, base - piece.base));
  }

  private place(
    text: string,
    base: number,
    standIns: readonly StandIn[],
    before: CFile | undefined,
  ): PlacedPiece {
    const known = this.byText.get(text) ?? before?.byText.get(text);
    const placed =
      known && standIns.length === 0
        ? placedAt(known, base)
        : standing(new Piece(known?.piece.parse ?? parse(text, this.configuration), base, standIns));
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
}

function parse(text: string, configuration: Configuration): PieceText {
  // A slice would keep alive the whole text it was cut from, and with it every version that an edit replaced.
  const own = ` ${text}`.slice(1);
  const masked = maskKernelC(own, configuration);
  return { text: own, parsed: parseText(masked.text), marks: masked.marks };
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

function moved<T extends Span>(spans: readonly T[], by: number): readonly T[] {
  return by === 0 ? spans : spans.map((each) => ({ ...each, start: each.start + by, end: each.end + by }));
}
