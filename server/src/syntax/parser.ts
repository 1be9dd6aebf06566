/**
 * The only file that sees tree-sitter. A parse becomes flat numbers in one
 * pass of a cursor (several times faster than node objects), so that nothing
 * else depends on the parser and it could be exchanged.
 *
 * Each question to the cursor costs more than anything else here does. In a
 * tree without errors most answers follow from the text: tokens lie one after
 * the other, nodes begin with their first token and end with their last.
 */
import Parser from 'tree-sitter';
import C from 'tree-sitter-c';
import { CELLS, FlatTree, isFieldNamed, kindIn, kindName, nameField, nameKind, tagOf } from './flat-tree.js';
import { isWordCode } from './lexing.js';

const parser = new Parser();
// The two packages type a grammar differently; the object is the same. Of what it says of its nodes the binding
// writes a class for each kind, which takes longer than to load all else of it, and which a cursor does without.
parser.setLanguage(Object.assign(C, { nodeTypeInfo: [] }) as unknown as Parser.Language);

/** Parses masked text; never fails. */
export function parseFlat(text: string): FlatTree {
  // The binding copies the text in chunks of this many units; one chunk is fastest.
  const tree = parser.parse(text, undefined, { bufferSize: text.length + 64 });
  const root = tree.rootNode;
  flattener.begin(text, root.walk() as unknown as Cursor);
  if (root.hasError) flattener.askAll();
  else flattener.deriveMost();
  return flattener.finish();
}

/** The package's own types leave some of these out. */
interface Cursor {
  readonly nodeType: string;
  readonly nodeTypeId: number;
  readonly nodeIsNamed: boolean;
  readonly nodeIsMissing: boolean;
  readonly currentFieldId: number | undefined;
  readonly currentFieldName: string;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** What is known of a node by its kind alone. */
const UNMET = 0;
/** Has children; begins and ends with them. */
const INNER = 1;
/** Has children, and may reach beyond them: to the end of the line, for example. */
const LOOSE = 2;
/** Has no children; what its text is, is not told by its kind. */
const TOKEN = 3;
/** One word: a name or a keyword. */
const WORD = 4;
/** The characters that are the kind's name, an operator perhaps and then in a field. */
const SIGN = 5;
/** The same, and never in a field. */
const BRACKET = 6;

const BRACKETS = new Set([';', ',', '(', ')', '{', '}', '[', ']']);
const WORDS = new Set([
  ...['identifier', 'field_identifier', 'type_identifier', 'statement_identifier', 'primitive_type'],
]);
const TOKENS = new Set([
  ...['number_literal', 'comment', 'string_content', 'escape_sequence', 'character'],
  ...['preproc_arg', 'preproc_directive', 'system_lib_string', 'true', 'false'],
]);

function shapeOf(name: string, isNamed: boolean): number {
  if (WORDS.has(name)) return WORD;
  if (TOKENS.has(name)) return TOKEN;
  if (isNamed) return /^preproc_|^translation_unit$/.test(name) ? LOOSE : INNER;
  if (BRACKETS.has(name)) return BRACKET;
  if (/^[a-z]+$/.test(name)) return WORD;
  return /^[^\w\s#"'\\]+$/.test(name) ? SIGN : TOKEN;
}

const shapes = new Uint8Array(1 << 16);
const ERROR = 65535;
/** The number of the end of the text, which is no node: a row as long as all numbers would be slow. */
const ERROR_KIND = 0;
nameKind(ERROR_KIND, 'ERROR');

const INITIAL_CAPACITY = 16 * 1024;

/** Grows to the largest piece there was, and is used again for the next: thousands of them are parsed in a row. */
class Flattener {
  private cells = new Int32Array(INITIAL_CAPACITY * CELLS);
  private count = 0;
  private readonly open: number[] = [];
  private errors: number[] = [];
  private cursor!: Cursor;
  private text = '';
  /** Where the last token ends. */
  private at = 0;
  /** The first of the innermost nodes whose first token is yet to come. */
  private unplaced = 0;

  begin(text: string, cursor: Cursor): void {
    this.text = text;
    this.cursor = cursor;
    this.count = 0;
    this.at = 0;
    this.unplaced = 0;
    this.open.length = 0;
    this.errors = [];
  }

  finish(): FlatTree {
    return new FlatTree(this.cells.slice(0, this.count * CELLS), this.count, this.errors);
  }

  /** All of a tree with errors. */
  askAll(): void {
    const { cursor, open } = this;
    for (;;) {
      const node = this.asked();
      if (cursor.gotoFirstChild()) {
        open.push(node);
        continue;
      }
      this.cells[node * CELLS + 3] = this.count;
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return;
        this.cells[open.pop()! * CELLS + 3] = this.count;
      }
    }
  }

  private asked(): number {
    const { cursor } = this;
    const kind = cursor.nodeTypeId;
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    const isMissing = start === end && cursor.nodeIsMissing && !this.isPadding();
    if (kind === ERROR || isMissing) this.errors.push(this.count);
    if (kind !== ERROR && shapes[kind] === UNMET) this.meet(kind);
    const node = this.push(kind === ERROR ? ERROR_KIND : kind, this.field());
    this.place(node, start, end);
    return node;
  }

  /** Whether the node to come is the name that the grammar misses in `u32 : 5;`. */
  private isPadding(): boolean {
    const parent = this.open.at(-1);
    return parent !== undefined && kindName(kindIn(this.cells[parent * CELLS]!)) === 'field_declaration';
  }

  /** All of a tree without errors. */
  deriveMost(): void {
    const { cursor, open } = this;
    for (;;) {
      const kind = cursor.nodeTypeId;
      const shape = shapes[kind] === UNMET ? this.meet(kind) : shapes[kind]!;
      const node = this.push(kind, shape === BRACKET ? 0 : this.field());
      if (shape <= LOOSE && cursor.gotoFirstChild()) {
        open.push(node);
        continue;
      }
      this.token(node, kind, shape);
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) return;
        this.close(open.pop()!);
      }
    }
  }

  private token(node: number, kind: number, shape: number): void {
    const { text } = this;
    const start = this.blankEnd();
    const end = endOfToken(text, start, kind, shape);
    if (end > start) this.place(node, start, end);
    else this.place(node, this.cursor.startIndex, this.cursor.endIndex);
    const first = this.cells[node * CELLS + 1]!;
    for (let outer = this.unplaced; outer < node; outer++) this.cells[outer * CELLS + 1] = first;
    this.unplaced = node + 1;
    this.at = this.cells[node * CELLS + 2]!;
    this.cells[node * CELLS + 3] = this.count;
  }

  /** Where the next token begins, unless it stands after something that is no blank. */
  private blankEnd(): number {
    const { text } = this;
    let at = this.at;
    for (let code = text.charCodeAt(at); code === 32 || (code >= 9 && code <= 13); code = text.charCodeAt(at))
      at++;
    return at;
  }

  private close(node: number): void {
    const cell = node * CELLS;
    this.cells[cell + 3] = this.count;
    if (shapes[kindIn(this.cells[cell]!)] === LOOSE) {
      this.cells[cell + 1] = this.cursor.startIndex;
      this.cells[cell + 2] = this.cursor.endIndex;
    } else this.cells[cell + 2] = this.at;
  }

  private push(kind: number, field: number): number {
    if ((this.count + 1) * CELLS > this.cells.length) this.grow();
    const node = this.count++;
    this.cells[node * CELLS] = tagOf(kind, field);
    return node;
  }

  private place(node: number, start: number, end: number): void {
    this.cells[node * CELLS + 1] = start;
    this.cells[node * CELLS + 2] = end;
  }

  private field(): number {
    const field = this.cursor.currentFieldId;
    if (field === undefined) return 0;
    if (!isFieldNamed(field)) nameField(field, this.cursor.currentFieldName);
    return field;
  }

  private meet(kind: number): number {
    const name = this.cursor.nodeType;
    nameKind(kind, name);
    shapes[kind] = shapeOf(name, this.cursor.nodeIsNamed);
    return shapes[kind]!;
  }

  private grow(): void {
    const wider = new Int32Array(this.cells.length * 2);
    wider.set(this.cells);
    this.cells = wider;
  }
}

const flattener = new Flattener();

/** Where the token that begins at `start` ends; `start` itself when only the parser can tell. */
function endOfToken(text: string, start: number, kind: number, shape: number): number {
  if (shape === WORD) {
    let end = start;
    while (isWordCode(text.charCodeAt(end))) end++;
    // Names may hold more than kernel C puts into them: `$`, `\u00e4`, letters of any script.
    const code = text.charCodeAt(end);
    return code === 36 || code === 92 || code > 127 ? start : end;
  }
  if (shape !== SIGN && shape !== BRACKET) return start;
  const name = kindName(kind);
  return text.startsWith(name, start) ? start + name.length : start;
}

/** All matches of one pattern in a masked text: for each its captures. */
export type Matcher = (
  masked: string,
  limit: number,
) => readonly (readonly { readonly name: string; readonly start: number; readonly end: number }[])[];

const FAULTS: Readonly<Record<string, string>> = {
  TSQueryErrorSyntax: 'this is no pattern',
  TSQueryErrorNodeType: 'C has no node of this kind',
  TSQueryErrorField: 'no node of C has this field',
  TSQueryErrorCapture: 'nothing is caught under this name',
  TSQueryErrorStructure: 'such a node is never found there',
};

/** A pattern made ready, or where and why it is none. */
export function compile(pattern: string): Matcher | { readonly at: number; readonly why: string } {
  let query: Parser.Query;
  try {
    query = new Parser.Query(C as unknown as Parser.Language, pattern);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, fault = '', at] = /type (\w+) at position (\d+)/.exec(message) ?? [];
    return { at: Number(at ?? 0), why: FAULTS[fault] ?? message };
  }
  return (masked, limit) => {
    const tree = parser.parse(masked, undefined, { bufferSize: masked.length + 64 });
    return query
      .matches(tree.rootNode)
      .slice(0, limit)
      .map(({ captures }) =>
        captures.map(({ name, node }) => ({ name, start: node.startIndex, end: node.endIndex })),
      );
  };
}
