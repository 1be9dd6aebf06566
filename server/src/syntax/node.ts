/** Steps through a flat tree: the vocabulary with which the readers beside this file are written. */
import type { Span } from '../base/index.js';
import type { FlatTree } from './flat-tree.js';
import type { Mark } from './mask.js';

/** A parsed text at its place in another: all spans that come out of it are the other's. */
export class Parsed {
  private readonly markAt = new Map<number, Mark>();
  /** How many readers are at work inside of each other. */
  private nesting = 0;

  /** `marks` in offsets of the other text, in order; `tree` and `text` begin at `base` of it. */
  constructor(
    private readonly text: string,
    readonly tree: FlatTree,
    readonly marks: readonly Mark[],
    private readonly base: number,
  ) {
    for (const mark of marks) if (mark.kind !== 'annotation') this.markAt.set(mark.start, mark);
  }

  /** The original text between two offsets of the whole text; only what lies in this piece. */
  slice(start: number, end: number): string {
    return this.text.slice(start - this.base, end - this.base);
  }

  /**
   * Whether a reader may go one level deeper: not where that would be deeper
   * than any code a person wrote and overflow the stack. It says when it is back.
   */
  enter(): boolean {
    if (this.nesting >= DEEPEST) return false;
    this.nesting++;
    return true;
  }

  leave(): void {
    this.nesting--;
  }

  kind(node: number): string {
    return this.tree.kind(node);
  }

  span(node: number): Span {
    return { start: this.tree.start(node) + this.base, end: this.tree.end(node) + this.base };
  }

  /** Annotations that start at `offset` or later, in order. */
  *annotationsFrom(offset: number): Generator<Mark> {
    let low = 0;
    let high = this.marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.marks[middle]!.start < offset) low = middle + 1;
      else high = middle;
    }
    for (; low < this.marks.length; low++) if (this.marks[low]!.kind === 'annotation') yield this.marks[low]!;
  }

  /** The original text of a node. */
  textOf(node: number): string {
    return this.text.slice(this.tree.start(node), this.tree.end(node));
  }

  /** The mark that begins where the node begins, if it is of that kind. */
  markOf(node: number, kind: Mark['kind']): Mark | undefined {
    const mark = this.markAt.get(this.tree.start(node) + this.base);
    return mark?.kind === kind ? mark : undefined;
  }

  children(node: number): number[] {
    const { tree } = this;
    const past = tree.past(node);
    const list: number[] = [];
    for (let child = node + 1; child < past; child = tree.past(child)) list.push(child);
    return list;
  }

  /** Children that are neither punctuation nor comments. */
  named(node: number): number[] {
    const { tree } = this;
    const past = tree.past(node);
    const list: number[] = [];
    for (let child = node + 1; child < past; child = tree.past(child)) {
      if (isNamedKind(tree.kind(child))) list.push(child);
    }
    return list;
  }

  field(node: number, name: string): number | null {
    const { tree } = this;
    const past = tree.past(node);
    for (let child = node + 1; child < past; child = tree.past(child)) {
      if (tree.field(child) === name) return child;
    }
    return null;
  }

  fields(node: number, name: string): number[] {
    const { tree } = this;
    const past = tree.past(node);
    const list: number[] = [];
    for (let child = node + 1; child < past; child = tree.past(child)) {
      if (tree.field(child) === name) list.push(child);
    }
    return list;
  }

  /** Whether the node hangs from its parent by that field. */
  isField(node: number, name: string): boolean {
    return this.tree.field(node) === name;
  }

  has(node: number, kind: string): boolean {
    return this.child(node, kind) !== null;
  }

  child(node: number, kind: string): number | null {
    const { tree } = this;
    const past = tree.past(node);
    for (let child = node + 1; child < past; child = tree.past(child)) {
      if (tree.kind(child) === kind) return child;
    }
    return null;
  }

  /** Whether a declaration begins with that word among others: `static`, `const`, … */
  says(node: number, word: string): boolean {
    const { tree } = this;
    const past = tree.past(node);
    for (let child = node + 1; child < past; child = tree.past(child)) {
      const kind = tree.kind(child);
      if (kind !== 'storage_class_specifier' && kind !== 'type_qualifier') continue;
      if (
        this.text.startsWith(word, tree.start(child)) &&
        tree.end(child) - tree.start(child) === word.length
      )
        return true;
    }
    return false;
  }
}

const DEEPEST = 400;

/** Tokens of the grammar whose kind is spelt like a node's. */
const KEYWORD_TOKENS = new Set(
  (
    'if else while do for switch case default return goto break continue struct union enum typedef static extern ' +
    'const volatile inline sizeof register auto restrict __attribute__ asm __asm__ defined alignas'
  ).split(' '),
);

const namedKinds = new Map<string, boolean>();

/** Asked for every node of every tree, of some two hundred kinds. */
function isNamedKind(kind: string): boolean {
  let known = namedKinds.get(kind);
  if (known === undefined) {
    known = /^[a-zA-Z_]/.test(kind) && kind !== 'comment' && !KEYWORD_TOKENS.has(kind);
    namedKinds.set(kind, known);
  }
  return known;
}
