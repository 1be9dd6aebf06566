/** Steps through a flat tree: the vocabulary with which the readers beside this file are written. */
import type { Span } from '../base/index.js';
import type { Mark } from './mask.js';
import { type FlatTree, fieldOf, kindOf } from './parser.js';

/** A parsed text: the original, the tree over its masked twin, and what the mask hid. */
export class Parsed {
  private readonly markAt = new Map<number, Mark>();

  constructor(
    readonly text: string,
    readonly tree: FlatTree,
    readonly marks: readonly Mark[],
  ) {
    for (const mark of marks) if (mark.kind !== 'annotation') this.markAt.set(mark.start, mark);
  }

  kind(node: number): string {
    return kindOf(this.tree, node);
  }

  span(node: number): Span {
    return { start: this.tree.start[node]!, end: this.tree.end[node]! };
  }

  /** The original text of a node. */
  textOf(node: number): string {
    return this.text.slice(this.tree.start[node]!, this.tree.end[node]!);
  }

  /** The mark that begins where the node begins, if it is of that kind. */
  markOf(node: number, kind: Mark['kind']): Mark | undefined {
    const mark = this.markAt.get(this.tree.start[node]!);
    return mark?.kind === kind ? mark : undefined;
  }

  children(node: number): number[] {
    const { past } = this.tree;
    const list: number[] = [];
    for (let child = node + 1; child < past[node]!; child = past[child]!) list.push(child);
    return list;
  }

  /** Children that are neither punctuation nor comments. */
  named(node: number): number[] {
    return this.children(node).filter((child) => {
      const kind = this.kind(child);
      return /^[a-zA-Z_]/.test(kind) && kind !== 'comment' && !KEYWORD_TOKENS.has(kind);
    });
  }

  field(node: number, name: string): number | null {
    const { past } = this.tree;
    for (let child = node + 1; child < past[node]!; child = past[child]!) {
      if (fieldOf(this.tree, child) === name) return child;
    }
    return null;
  }

  fields(node: number, name: string): number[] {
    return this.children(node).filter((child) => fieldOf(this.tree, child) === name);
  }

  has(node: number, kind: string): boolean {
    return this.children(node).some((child) => this.kind(child) === kind);
  }

  child(node: number, kind: string): number | null {
    return this.children(node).find((child) => this.kind(child) === kind) ?? null;
  }
}

/** Tokens of the grammar whose kind is spelt like a node's. */
const KEYWORD_TOKENS = new Set(
  (
    'if else while do for switch case default return goto break continue struct union enum typedef static extern ' +
    'const volatile inline sizeof register auto restrict __attribute__ asm __asm__ defined alignas'
  ).split(' '),
);
