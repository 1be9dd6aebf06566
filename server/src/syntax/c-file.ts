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
import { Piece } from './piece.js';
import { readBlock } from './read-statements.js';

/** A piece at its place, with what was read of it. */
interface Placed {
  readonly piece: Piece;
  readonly base: number;
  /** In offsets of the whole text. */
  readonly marks: readonly Mark[];
  readonly items: readonly Item[];
}

export class CFile {
  private readonly pieces = new Map<string, Placed>();
  private readonly homes = new Map<FunctionItem, Placed>();
  private readonly placed: readonly Placed[];
  private readonly blocks: WeakMap<FunctionItem, Block>;
  readonly items: readonly Item[];
  /** What the mask hid from the grammar: annotations, directives, iteration macros, … */
  readonly marks: readonly Mark[];

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
    this.placed = starts.map((start, index) =>
      this.place(text.slice(start, starts[index + 1]), start, standIns, known),
    );
    this.items = this.placed.flatMap(({ items }) => items);
    this.marks = this.placed.flatMap(({ marks }) => marks);
  }

  private place(text: string, base: number, standIns: readonly StandIn[], before: CFile | undefined): Placed {
    const known = this.pieces.get(text) ?? before?.pieces.get(text);
    const placed =
      known?.base === base && standIns.length === 0
        ? known
        : read(known?.piece ?? new Piece(ownCopy(text), this.configuration), base, standIns);
    this.pieces.set(placed.piece.text, placed);
    for (const item of placed.items) if (item.kind === 'function') this.homes.set(item, placed);
    return placed;
  }

  /** The function's body, or null for a prototype and for items of another file. */
  bodyOf(item: FunctionItem): Block | null {
    const home = this.homes.get(item);
    if (!home || item.bodySpan === null) return null;
    const known = this.blocks.get(item);
    if (known) return known;
    const block = readBody(home, item.bodySpan);
    this.blocks.set(item, block);
    return block;
  }

  /** Where the grammar could not follow, in order. Parses every body that nobody has asked for yet. */
  get errors(): readonly Span[] {
    return this.placed.flatMap(errorsOf);
  }

  /** Where the grammar could not follow inside of a function. */
  errorsIn(item: FunctionItem): readonly Span[] {
    const home = this.homes.get(item);
    return home ? errorsOf(home).filter((error) => contains(item, error)) : [];
  }
}

function errorsOf({ piece, base }: Placed): Span[] {
  return piece.errors().map(({ start, end }) => ({ start: start + base, end: end + base }));
}

/** A slice would keep alive the whole text it was cut from, and with it every version that an edit replaced. */
function ownCopy(slice: string): string {
  return ` ${slice}`.slice(1);
}

function read(piece: Piece, base: number, standIns: readonly StandIn[]): Placed {
  const marks =
    base === 0
      ? piece.marks
      : piece.marks.map((mark) => ({ ...mark, start: mark.start + base, end: mark.end + base }));
  const parsed = new Parsed(piece.text, piece.outline, marks, base);
  return { piece, base, marks, items: readOutline(parsed, standIns) };
}

function readBody({ piece, base, marks }: Placed, span: Span): Block {
  const found = piece.body({ start: span.start - base, end: span.end - base });
  if (!found) {
    const { start, end } = span;
    const statement = { kind: 'opaque-statement', reason: 'cannot tell where it ends', start, end } as const;
    return { kind: 'compound', start, end, statements: [statement] };
  }
  const own = marks.filter((mark) => contains(span, mark));
  const parsed = new Parsed(piece.text.slice(found.from), found.tree, own, base + found.from);
  return readBlock(parsed, found.node);
}
