/**
 * One piece of a text (chunks.ts), masked. Its outline is parsed at once and
 * without what stands in the bodies of functions; each body is parsed when
 * somebody asks for it, as the compound statement that it is. Where the
 * outline has an error, so that nobody knows what is a body, all is parsed
 * together. Offsets are those of the piece.
 */
import type { Span } from '../base/index.js';
import type { Configuration } from './configuration.js';
import type { FlatTree } from './flat-tree.js';
import { type Mark, maskKernelC } from './mask.js';
import { parseFlat } from './parser.js';

/** Where a function's body was found: offsets of `tree` count from `from`. */
interface FoundBody {
  readonly tree: FlatTree;
  readonly node: number;
  readonly from: number;
}

export class PieceText {
  readonly marks: readonly Mark[];
  readonly outline: FlatTree;
  private readonly masked: string;
  /** The bodies that are not in the outline. */
  private readonly leftOut: readonly Span[];
  /** Of those that were parsed, where the grammar could not follow; by where they begin. */
  private readonly bodyErrors = new Map<number, readonly Span[]>();

  constructor(
    readonly text: string,
    configuration: Configuration,
  ) {
    const { text: masked, marks, bodies } = maskKernelC(text, configuration);
    const outline = outlineWithout(bodies, masked);
    this.masked = masked;
    this.marks = marks;
    this.leftOut = outline ? bodies : [];
    this.outline = outline ?? parseFlat(masked);
  }

  /** The body between two offsets; null when the grammar found none there. */
  body({ start, end }: Span): FoundBody | null {
    if (!this.leftOut.some((each) => each.start === start)) return bodyIn(this.outline, start, end);
    const tree = parseFlat(this.masked.slice(start, end));
    this.remember(start, end, tree);
    if (isWholeBody(tree, end - start)) return { tree, node: 1, from: start };
    // Its braces are not those that the grammar sees, where a quote is open for example.
    return bodyIn(parseFlat(this.masked), start, end);
  }

  /** Where the grammar could not follow. Parses every body. */
  errors(): Span[] {
    const errors = errorsOf(this.outline, 0);
    for (const body of this.leftOut) {
      if (!this.bodyErrors.has(body.start)) this.body(body);
      errors.push(...this.bodyErrors.get(body.start)!);
    }
    return errors.sort((a, b) => a.start - b.start);
  }

  private remember(start: number, end: number, tree: FlatTree): void {
    const errors = errorsOf(tree, start);
    const isRead = errors.length > 0 || isWholeBody(tree, end - start);
    this.bodyErrors.set(start, isRead ? errors : [{ start, end }]);
  }
}

function errorsOf(tree: FlatTree, from: number): Span[] {
  return tree.errors.map((node) => ({ start: tree.start(node) + from, end: tree.end(node) + from }));
}

function isWholeBody(tree: FlatTree, length: number): boolean {
  return (
    tree.count > 1 && tree.kind(1) === 'compound_statement' && tree.start(1) === 0 && tree.end(1) === length
  );
}

/** Nodes stand in order of their start. */
function bodyIn(tree: FlatTree, start: number, end: number): FoundBody | null {
  let low = 0;
  let high = tree.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tree.start(middle) < start) low = middle + 1;
    else high = middle;
  }
  for (let node = low; node < tree.count && tree.start(node) === start; node++) {
    if (tree.kind(node) === 'compound_statement' && tree.end(node) === end) return { tree, node, from: 0 };
  }
  return null;
}

/** The outline with empty bodies; null when the grammar takes one of them for something else, or finds an error. */
function outlineWithout(bodies: readonly Span[], masked: string): FlatTree | null {
  if (bodies.length === 0) return null;
  const gaps = bodies.map(({ start, end }) => ({ start: start + 1, end: end - 1 }));
  const tree = parseFlat(without(gaps, masked));
  if (tree.errors.length > 0) return null;
  tree.spread(gaps);
  const found = bodyStarts(tree);
  return bodies.every(({ start }) => found.has(start)) ? tree : null;
}

function without(gaps: readonly Span[], text: string): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of gaps) {
    kept += text.slice(from, start);
    from = end;
  }
  return kept + text.slice(from);
}

/** Where the bodies of function definitions begin. */
function bodyStarts(tree: FlatTree): Set<number> {
  const starts = new Set<number>();
  for (let node = 0; node < tree.count; node++) {
    if (tree.kind(node) !== 'function_definition') continue;
    for (let child = node + 1; child < tree.past(node); child = tree.past(child)) {
      if (tree.kind(child) === 'compound_statement') starts.add(tree.start(child));
    }
  }
  return starts;
}
