/**
 * One C text, parsed piece by piece (chunks.ts): its outline at once, the
 * bodies of its functions when asked for. Never fails. An edited text takes
 * over from its predecessor every piece that the edit did not touch.
 */
import type { Span } from '../base/index.js';
import type { Block, FunctionItem, Item } from './ast.js';
import { chunkStarts } from './chunks.js';
import { type Mark, maskKernelC } from './mask.js';
import { Parsed, type ParsedPiece } from './node.js';
import { readOutline, type StandIn } from './outline.js';
import { parseFlat } from './parser.js';
import { readBlock } from './read-statements.js';

/** A piece at its place, with what was read of it so far. */
interface Piece {
  readonly base: number;
  readonly parse: ParsedPiece;
  readonly parsed: Parsed;
  readonly items: readonly Item[];
  readonly bodies: ReadonlyMap<FunctionItem, number>;
}

export class CFile {
  private readonly pieces = new Map<string, Piece>();
  private readonly homes = new Map<FunctionItem, Piece>();
  private readonly blocks: WeakMap<FunctionItem, Block>;
  readonly items: readonly Item[];
  /** Where the grammar could not follow, in order. */
  readonly errors: readonly Span[];
  /** What the mask hid from the grammar: annotations, directives, iteration macros, … */
  readonly marks: readonly Mark[];

  /**
   * `standIns`: parts of `text` that replace what a fragment does not show.
   * `before`: the same file as it was; items of pieces that stand where they
   * stood are the very same objects.
   */
  constructor(
    readonly text: string,
    standIns: readonly StandIn[] = [],
    before?: CFile,
  ) {
    this.blocks = before?.blocks ?? new WeakMap();
    const starts = chunkStarts(text);
    const pieces = starts.map((start, index) =>
      this.piece(text.slice(start, starts[index + 1]), start, standIns, before),
    );
    this.items = pieces.flatMap(({ items }) => items);
    this.errors = pieces.flatMap(({ parsed }) => parsed.tree.errors.map((node) => parsed.span(node)));
    this.marks = pieces.flatMap(({ parsed }) => parsed.marks);
  }

  private piece(text: string, base: number, standIns: readonly StandIn[], before: CFile | undefined): Piece {
    const known = this.pieces.get(text) ?? before?.pieces.get(text);
    const piece =
      known?.base === base && standIns.length === 0
        ? known
        : read(known?.parse ?? parse(text), base, standIns);
    this.pieces.set(piece.parse.text, piece);
    for (const item of piece.bodies.keys()) this.homes.set(item, piece);
    return piece;
  }

  /** The function's body, or null for a prototype and for items of another file. */
  bodyOf(item: FunctionItem): Block | null {
    const home = this.homes.get(item);
    if (!home) return null;
    const known = this.blocks.get(item);
    if (known) return known;
    const block = readBlock(home.parsed, home.bodies.get(item)!);
    this.blocks.set(item, block);
    return block;
  }
}

function parse(text: string): ParsedPiece {
  const masked = maskKernelC(text);
  // A slice would keep alive the whole text it was cut from, and with it every version that an edit replaced.
  const own = ` ${text}`.slice(1);
  return { text: own, tree: parseFlat(masked.text), marks: masked.marks };
}

function read(piece: ParsedPiece, base: number, standIns: readonly StandIn[]): Piece {
  const parsed = new Parsed(piece, base);
  const bodies = new Map<FunctionItem, number>();
  return { base, parse: piece, parsed, items: readOutline(parsed, standIns, bodies), bodies };
}
