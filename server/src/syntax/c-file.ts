/** One C text, parsed: its outline at once, the bodies of its functions when asked for. Never fails. */
import type { Span } from '../base/index.js';
import type { Block, FunctionItem, Item } from './ast.js';
import { type Mark, maskKernelC } from './mask.js';
import { Parsed } from './node.js';
import { readOutline, type StandIn } from './outline.js';
import { parseFlat } from './parser.js';
import { readBlock } from './read-statements.js';

export class CFile {
  private readonly bodies = new Map<FunctionItem, number>();
  private readonly blocks = new Map<FunctionItem, Block>();
  private readonly parsed: Parsed;
  readonly items: readonly Item[];
  /** Where the grammar could not follow, in order. */
  readonly errors: readonly Span[];

  /** `standIns`: parts of `text` that replace what a fragment does not show. */
  constructor(
    readonly text: string,
    standIns: readonly StandIn[] = [],
  ) {
    const masked = maskKernelC(text);
    this.parsed = new Parsed(text, parseFlat(masked.text), masked.marks);
    this.errors = this.parsed.tree.errors.map((node) => this.parsed.span(node));
    this.items = readOutline(this.parsed, standIns, this.bodies);
  }

  /** What the mask hid from the grammar: annotations, directives, iteration macros, … */
  get marks(): readonly Mark[] {
    return this.parsed.marks;
  }

  /** The function's body, or null for a prototype and for items of another file. */
  bodyOf(item: FunctionItem): Block | null {
    const known = this.blocks.get(item);
    if (known) return known;
    const node = this.bodies.get(item);
    if (node === undefined) return null;
    const block = readBlock(this.parsed, node);
    this.blocks.set(item, block);
    return block;
  }
}
