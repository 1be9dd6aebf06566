/** Lookups in red-black trees, which have no call of their own: a loop goes left or right until the key is met. */
import { contains, type Span } from '../base/index.js';
import { calledName, type Expression, type Statement } from '../syntax/index.js';
import type { Body } from './body.js';
import type { Step } from './flow.js';
import { TYPED_BY_ARGUMENT } from './kernel-types.table.js';
import { namesIn } from './names.js';
import { assignmentsIn } from './shapes.js';

/** Who descends names one of these. include/linux/rbtree.h (6.12). */
export const DESCENDING: ReadonlySet<string> = new Set(['rb_left', 'rb_right', 'rb_find']);

/** An object found in a tree. */
export interface Descent {
  /** What reads the root, with the locks that are held there. */
  readonly root: Step;
  /** The tree: `&toy->bonds`, or an expression for its root. */
  readonly tree: Expression;
  readonly call: string;
  /** The variable for the object that holds the node. */
  readonly entry: string;
  /** Where the descent ends. */
  readonly end: number;
}

/** Calls that give the object of a node, beside the kernel's own. */
const OWN_ENTRY = /^to_\w+$|_of_node$/;
/** Who links a node descends to find its place, and hands out what is in the tree already. */
const LINKS = new Set(['rb_link_node', 'rb_insert_color', 'rb_insert_augmented', 'rb_link_node_rcu']);

export function descentsIn(body: Body): readonly Descent[] {
  if (body.fn.words.meet(LINKS)) return [];
  return [...handWritten(body), ...called(body)];
}

/** `while (node) { toy = rb_entry(node, …); … node = node->rb_left; … }` */
function handWritten(body: Body): readonly Descent[] {
  return body.reading.nodes.flatMap((loop): Descent[] => {
    if (loop.kind !== 'loop') return [];
    const cursor = cursorOf(loop, body);
    if (cursor === null) return [];
    const root = body.flow.steps.find(
      ({ node }) =>
        node.kind === 'member' &&
        node.name === 'rb_node' &&
        node.start < loop.body.start &&
        body.values.resultOf(node) === cursor,
    );
    if (root?.node.kind !== 'member') return [];
    return [
      { root, tree: root.node.object, call: 'rb_node', entry: entryOf(cursor, loop, body), end: loop.end },
    ];
  });
}

/** The variable that goes left or right in the loop. */
function cursorOf(loop: Statement, body: Body): string | null {
  const step = assignmentsIn(body).find(
    ({ value, at }) =>
      value.kind === 'member' && /^rb_(?:left|right)$/.test(value.name) && contains(loop, at),
  );
  return step?.target ?? null;
}

/** `rb_find(key, &toy->bonds, compare)`, whose result holds the object. */
function called(body: Body): readonly Descent[] {
  return body.flow.steps.flatMap((root): Descent[] => {
    const { node } = root;
    if (node.kind !== 'call' || calledName(node) !== 'rb_find') return [];
    const tree = node.args[1];
    const cursor = body.values.resultOf(node);
    if (!tree || cursor === null) return [];
    return [{ root, tree, call: 'rb_find', entry: entryOf(cursor, body.block, body), end: node.end }];
  });
}

/** The variable that is given the object of the node; the node itself where there is none. */
function entryOf(cursor: string, within: Span, body: Body): string {
  const entry = assignmentsIn(body).find(
    ({ value, at }) =>
      value.kind === 'call' &&
      contains(within, at) &&
      isEntry(calledName(value) ?? '') &&
      namesIn(value.args[0] ?? value).includes(cursor),
  );
  return entry?.target ?? cursor;
}

function isEntry(call: string): boolean {
  return TYPED_BY_ARGUMENT.has(call) || OWN_ENTRY.test(call);
}
