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

/** A piece at its place, with what was read of it so far. */
interface Piece {
  readonly base: number;
  readonly parse: PieceText;
  readonly parsed: Parsed;
  readonly items: readonly Item[];
  readonly bodies: ReadonlyMap<FunctionItem, number>;
}

/** A piece of text, parsed as far as somebody has asked. */
interface PieceText extends Omit<ParsedPiece, 'tree'> {
  readonly parsed: ParsedText;
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
    const pieces = starts.map((start, index) =>
      this.piece(text.slice(start, starts[index + 1]), start, standIns, known),
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
        : read(known?.parse ?? parse(text, this.configuration), base, standIns);
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
    const block = readBody(home, item);
    if (block) this.blocks.set(item, block);
    return block;
  }
}

function parse(text: string, configuration: Configuration): PieceText {
  // A slice would keep alive the whole text it was cut from, and with it every version that an edit replaced.
  const own = ` ${text}`.slice(1);
  const masked = maskKernelC(own, configuration);
  return { text: own, parsed: parseText(masked.text), marks: masked.marks };
}

/** The body, out of the whole of its piece, which is made flat at the first body that somebody asks for. */
function readBody({ base, parse: { text, parsed, marks } }: Piece, { bodySpan }: FunctionItem): Block | null {
  const tree = parsed.whole();
  const node = bodySpan && nodeAt(tree, 'compound_statement', bodySpan.start - base);
  return node === null ? null : readBlock(new Parsed({ text, tree, marks }, base), node);
}

function read(piece: PieceText, base: number, standIns: readonly StandIn[]): Piece {
  const parsed = new Parsed({ text: piece.text, tree: piece.parsed.outline, marks: piece.marks }, base);
  const bodies = new Map<FunctionItem, number>();
  return { base, parse: piece, parsed, items: readOutline(parsed, standIns, bodies), bodies };
}
