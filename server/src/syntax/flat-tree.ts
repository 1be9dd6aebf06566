/**
 * A parsed text as numbers: named and unnamed nodes in preorder. The children
 * of `i` are `i + 1`, then `past(i + 1)`, and so on up to `past(i)`. Nothing
 * here knows the parser; the names of kinds and fields are the grammar's.
 */

import type { Span } from '../base/index.js';

/** Numbers that a node takes up: its kind and field, start, end, and the node after all that is in it. */
export const CELLS = 4;

const KIND_BITS = 16;
const KIND_MASK = (1 << KIND_BITS) - 1;

const kindNames: string[] = [];
const fieldNames: string[] = [''];

/** A kind and a field in one number. */
export function tagOf(kind: number, field: number): number {
  return (field << KIND_BITS) | kind;
}

/** What the number of a kind stands for; asked of the parser when it is first met. */
export function nameKind(kind: number, name: string): void {
  kindNames[kind] = interned(name);
}

/** The grammar's name of a kind that was met. */
export function kindName(kind: number): string {
  return kindNames[kind]!;
}

/** The kind in a tag. */
export function kindIn(tag: number): number {
  return tag & KIND_MASK;
}

export function nameField(field: number, name: string): void {
  fieldNames[field] = interned(name);
}

export function isFieldNamed(field: number): boolean {
  return fieldNames[field] !== undefined;
}

/** Names of properties are compared by their address, strings out of a native module letter by letter. */
function interned(name: string): string {
  return Object.keys({ [name]: true })[0]!;
}

export class FlatTree {
  constructor(
    private readonly cells: Int32Array,
    readonly count: number,
    /** Nodes that the grammar could not place, or had to invent. */
    readonly errors: readonly number[],
  ) {}

  /** The grammar's name of a node's kind (`call_expression`, `;`, …). */
  kind(node: number): string {
    return kindNames[this.cells[node * CELLS]! & KIND_MASK]!;
  }

  /** The grammar's name of the field by which a node hangs from its parent, or ''. */
  field(node: number): string {
    return fieldNames[this.cells[node * CELLS]! >> KIND_BITS]!;
  }

  start(node: number): number {
    return this.cells[node * CELLS + 1]!;
  }

  end(node: number): number {
    return this.cells[node * CELLS + 2]!;
  }

  past(node: number): number {
    return this.cells[node * CELLS + 3]!;
  }

  /** Moves the nodes to where they stand in a text of which `gaps`, in its own offsets and in order, were left out. */
  spread(gaps: readonly Span[]): void {
    for (const gap of gaps) {
      const length = gap.end - gap.start;
      // What begins where the gap does stands after it, what ends there stands before it.
      for (let cell = 1; cell < this.cells.length; cell += CELLS) {
        if (this.cells[cell]! >= gap.start) this.cells[cell]! += length;
        if (this.cells[cell + 1]! > gap.start) this.cells[cell + 1]! += length;
      }
    }
  }
}
