/**
 * What a function's body says on its own, whatever stands around it: its flow,
 * what it assigns, its locals. Kept for as long as the file has the function,
 * in the offsets of where it stood first, so that an edit elsewhere costs
 * nothing; Body (body.ts) says where that is now.
 */
import {
  type AnyNode,
  type Block,
  type CType,
  calledName,
  type Expression,
  type FunctionItem,
  type Original,
  partsOf,
} from '../syntax/index.js';
import { type Flow, flowOf } from './flow.js';
import { namesIn } from './names.js';
import { type Store, storesOf } from './values.js';

/** A variable that gets something, and the variables in what it gets. */
interface Assignment {
  readonly into: string;
  readonly from: readonly string[];
}

type CallNode = Extract<Expression, { kind: 'call' }>;

const known = new WeakMap<FunctionItem, Reading>();

export function readingOf(original: Original): Reading {
  let reading = known.get(original.item);
  if (!reading) {
    reading = new Reading(original);
    known.set(original.item, reading);
  }
  return reading;
}

export class Reading {
  readonly item: FunctionItem;
  readonly block: Block;
  /** Everything in the body, parts before what is made of them. */
  readonly nodes: readonly AnyNode[];
  /** Parameters and locals. */
  readonly locals: ReadonlyMap<string, CType>;
  readonly flow: Flow;
  readonly stores: readonly Store[];
  readonly assignments: readonly Assignment[];
  private calls: ReadonlyMap<string, readonly CallNode[]> | null = null;
  private readonly pieceText: string;
  private readonly base: number;

  constructor({ piece, item }: Original) {
    this.item = item;
    this.pieceText = piece.text;
    this.base = piece.base;
    const { end } = item;
    this.block = piece.bodyOf(item) ?? { kind: 'compound', statements: [], start: end, end };
    const nodes: AnyNode[] = [];
    collect(this.block, nodes);
    this.nodes = nodes;
    this.locals = localsOf(item, nodes);
    const textOf = (node: Expression): string => this.text(node);
    this.flow = flowOf(this.block, textOf);
    this.stores = storesOf(this.flow, textOf);
    this.assignments = nodes.flatMap((node) => assignmentsIn(node, this.locals));
  }

  /** The calls of one function by name, in the order of `nodes`. */
  callsOf(name: string): readonly CallNode[] {
    this.calls ??= this.callsByName();
    return this.calls.get(name) ?? [];
  }

  private callsByName(): ReadonlyMap<string, readonly CallNode[]> {
    const calls = new Map<string, CallNode[]>();
    for (const node of this.nodes) {
      const name = calledName(node);
      if (name === null || node.kind !== 'call') continue;
      const same = calls.get(name);
      if (same) same.push(node);
      else calls.set(name, [node]);
    }
    return calls;
  }

  text({ start, end }: { readonly start: number; readonly end: number }): string {
    return this.pieceText.slice(start - this.base, end - this.base);
  }
}

function collect(node: AnyNode, into: AnyNode[]): void {
  for (const part of partsOf(node)) collect(part, into);
  into.push(node);
}

function localsOf(item: FunctionItem, nodes: readonly AnyNode[]): ReadonlyMap<string, CType> {
  const locals = new Map(item.parameters.map(({ name, type }) => [name, type]));
  for (const node of nodes) {
    if (node.kind !== 'declaration') continue;
    for (const { name, type } of node.declarators) if (!locals.has(name)) locals.set(name, type);
  }
  return locals;
}

function assignmentsIn(node: AnyNode, locals: ReadonlyMap<string, CType>): Assignment[] {
  switch (node.kind) {
    case 'assign':
      return node.target.kind === 'name' ? [{ into: node.target.name, from: namesIn(node.value) }] : [];
    case 'declaration':
      return node.declarators.flatMap(({ name, initial }) =>
        initial ? [{ into: name, from: namesIn(initial) }] : [],
      );
    case 'call':
      return node.args.flatMap((out) => writesOf(out, node.args, locals));
    default:
      return [];
  }
}

/** A callee may write what it got through `&out`. */
function writesOf(
  out: Expression,
  args: readonly Expression[],
  locals: ReadonlyMap<string, CType>,
): Assignment[] {
  if (out.kind !== 'unary' || out.operator !== '&' || out.operand.kind !== 'name') return [];
  const into = out.operand.name;
  // A container of the file is no result, whatever is put into it.
  if (!locals.has(into)) return [];
  return args.flatMap((other) => (other === out ? [] : [{ into, from: namesIn(other) }]));
}
