/**
 * The only file that sees tree-sitter. A parse becomes flat arrays in one
 * pass of a cursor (several times faster than node objects), so that nothing
 * else depends on the parser and it could be exchanged.
 */
import Parser from 'tree-sitter';
import C from 'tree-sitter-c';

/**
 * Named and unnamed nodes in preorder. The children of `i` are `i + 1`, then
 * `past[i + 1]`, and so on up to `past[i]`.
 */
export interface FlatTree {
  readonly kind: Uint16Array;
  readonly field: Uint16Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly past: Int32Array;
  readonly count: number;
  /** Nodes that the grammar could not place, or had to invent. */
  readonly errors: readonly number[];
}

const kindNames: string[] = [];
const fieldNames: string[] = [''];
const parser = new Parser();
// The two packages type a grammar differently; the object is the same.
parser.setLanguage(C as unknown as Parser.Language);

/** The grammar's name of a node's kind (`call_expression`, `;`, …). */
export function kindOf(tree: FlatTree, node: number): string {
  return kindNames[tree.kind[node]!]!;
}

/** The grammar's name of the field by which a node hangs from its parent, or ''. */
export function fieldOf(tree: FlatTree, node: number): string {
  return fieldNames[tree.field[node]!]!;
}

/** A parsed text. Most of a text is function bodies, and most bodies are not looked at: they are flattened when they are. */
export interface ParsedText {
  /** Without what stands in function bodies, unless there is an error somewhere. */
  readonly outline: FlatTree;
  /** All of it. */
  whole(): FlatTree;
}

/** Parses masked text; never fails. */
export function parseText(text: string): ParsedText {
  // The binding copies the text in chunks of this many units; one chunk is fastest.
  const tree = parser.parse(text, undefined, { bufferSize: text.length + 64 });
  if (tree.rootNode.hasError) {
    const all = flatten(tree, true);
    return { outline: all, whole: () => all };
  }
  let all: FlatTree | null = null;
  let kept: Parser.Tree | null = tree;
  const whole = (): FlatTree => {
    if (kept) all = flatten(kept, true);
    // The parser's own tree is many times the size of the text.
    kept = null;
    return all!;
  };
  return { outline: flatten(tree, false), whole };
}

/** The whole of a masked text as flat arrays. */
export function parseFlat(text: string): FlatTree {
  return parseText(text).whole();
}

function flatten(tree: Parser.Tree, withBodies: boolean): FlatTree {
  const cursor = tree.walk() as Parser.TreeCursor & FastCursor;
  const flat = builder.begin();
  for (;;) {
    const node = flat.push(cursor);
    if ((withBodies || !flat.isBody(node)) && cursor.gotoFirstChild()) {
      flat.open.push(node);
      continue;
    }
    flat.past[node] = flat.count;
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return flat.finish();
      flat.past[flat.open.pop()!] = flat.count;
    }
  }
}

/** Members of the cursor that the package's own types leave out. */
interface FastCursor {
  readonly nodeTypeId: number;
  readonly nodeIsMissing: boolean;
  readonly currentFieldId: number;
  readonly currentFieldName: string;
  readonly startIndex: number;
  readonly endIndex: number;
}

const ERROR = 65535;
const INITIAL_CAPACITY = 16 * 1024;

/** Grows to the largest piece there was, and is used again for the next: thousands of them are parsed in a row. */
class FlatBuilder {
  kind = new Uint16Array(INITIAL_CAPACITY);
  field = new Uint16Array(INITIAL_CAPACITY);
  start = new Int32Array(INITIAL_CAPACITY);
  end = new Int32Array(INITIAL_CAPACITY);
  past = new Int32Array(INITIAL_CAPACITY);
  count = 0;
  open: number[] = [];
  private errors: number[] = [];

  begin(): this {
    this.count = 0;
    this.open = [];
    this.errors = [];
    return this;
  }

  push(cursor: Parser.TreeCursor & FastCursor): number {
    if (this.count === this.kind.length) this.grow();
    const node = this.count++;
    const kind = cursor.nodeTypeId;
    kindNames[kind] ??= cursor.nodeType;
    const field = cursor.currentFieldId;
    if (field > 0) fieldNames[field] ??= cursor.currentFieldName;
    this.kind[node] = kind;
    this.field[node] = field;
    this.start[node] = cursor.startIndex;
    this.end[node] = cursor.endIndex;
    if (kind === ERROR || (this.start[node] === this.end[node] && cursor.nodeIsMissing && !this.isPadding()))
      this.errors.push(node);
    return node;
  }

  /** Whether the node just pushed is the name that the grammar misses in `u32 : 5;`. */
  private isPadding(): boolean {
    const parent = this.open.at(-1);
    return parent !== undefined && kindNames[this.kind[parent]!] === 'field_declaration';
  }

  /** Whether the node is the body of a function. */
  isBody(node: number): boolean {
    const parent = this.open.at(-1);
    return (
      parent !== undefined &&
      kindNames[this.kind[node]!] === 'compound_statement' &&
      kindNames[this.kind[parent]!] === 'function_definition'
    );
  }

  finish(): FlatTree {
    for (const node of this.open) this.past[node] = this.count;
    return { ...this.arrays(this.count), count: this.count, errors: this.errors };
  }

  private arrays(length: number): Pick<FlatTree, 'kind' | 'field' | 'start' | 'end' | 'past'> {
    return {
      kind: this.kind.slice(0, length),
      field: this.field.slice(0, length),
      start: this.start.slice(0, length),
      end: this.end.slice(0, length),
      past: this.past.slice(0, length),
    };
  }

  private grow(): void {
    const size = this.kind.length * 2;
    const wider = <T extends Uint16Array | Int32Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.kind = wider(this.kind, new Uint16Array(size));
    this.field = wider(this.field, new Uint16Array(size));
    this.start = wider(this.start, new Int32Array(size));
    this.end = wider(this.end, new Int32Array(size));
    this.past = wider(this.past, new Int32Array(size));
  }
}

const builder = new FlatBuilder();

/** The node of a kind that starts at an offset; null when there is none. Nodes stand in order of their start. */
export function nodeAt(tree: FlatTree, kind: string, start: number): number | null {
  let low = 0;
  let high = tree.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tree.start[middle]! < start) low = middle + 1;
    else high = middle;
  }
  for (let node = low; node < tree.count && tree.start[node] === start; node++) {
    if (kindOf(tree, node) === kind) return node;
  }
  return null;
}
