/**
 * Search trees as they lie in memory, where all is known: links as the kernel
 * has them, so that code which goes down by itself finds its way. Nothing is
 * balanced: the order is the same, and nobody may rely on the shape.
 */
import { Scalar } from '../../../ir/index.js';
import { isSamePlace, Pointer, resolve, type Value } from '../../model/index.js';
import { checkAlive, follow, nameOf, quote, readCell, writeCell } from '../access.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, type PrimitiveCall, placeOf } from './perform.js';

/** Where links and bounds lie. include/linux/rbtree_types.h: rb_node; include/linux/interval_tree.h: interval_tree_node; 6.12. */
const UP = 0;
const RIGHT = 8;
const LEFT = 16;
const FIRST = 24;
const LAST = 32;

type Side = typeof LEFT | typeof RIGHT;

type Act = (machine: Machine, call: PrimitiveCall, effect: EffectOf<'tree'>) => Value;

/** What a row of trees does in a world in which all is known; null for what is not modelled there either. */
export const SEARCH_TREES: { readonly [What in EffectOf<'tree'>['what']]: Act | null } = {
  // Where a node belongs only the comparison knows, which is not called.
  add: null,
  find: null,
  link(machine, call) {
    const [node, parent, link] = [0, 1, 2].map((at) => argument(call, at)) as [Value, Value, Value];
    const [own, place] = [nodeAt(machine, node), nodeAt(machine, link)];
    if (own && place) put(machine, own, parent, place);
    return 0n;
  },
  // It was linked before.
  colour: () => 0n,
  del(machine, call) {
    const [node, root] = [nodeAt(machine, argument(call, 0)), nodeAt(machine, argument(call, 1))];
    if (node && root) takeOut(machine, node, root);
    return 0n;
  },
  first: (machine, call) => end(machine, argument(call, 0), LEFT),
  last: (machine, call) => end(machine, argument(call, 0), RIGHT),
  next: (machine, call) => beside(machine, argument(call, 0), RIGHT),
  prev: (machine, call) => beside(machine, argument(call, 0), LEFT),
  empty(machine, call) {
    const root = nodeAt(machine, argument(call, 0));
    return root && !linkOf(machine, root, 0) ? 1n : 0n;
  },
  clear(machine, call) {
    const node = nodeAt(machine, argument(call, 0));
    if (node) writeCell(machine, node, 8, node);
    return 0n;
  },
  'is-clear'(machine, call) {
    const node = nodeAt(machine, argument(call, 0));
    const up = node && linkOf(machine, node, UP);
    return node && up && isSamePlace(node, up) ? 1n : 0n;
  },
  'add-interval'(machine, call) {
    const [node, root] = [nodeAt(machine, argument(call, 0)), nodeAt(machine, argument(call, 1))];
    if (node && root) addInterval(machine, node, root);
    return 0n;
  },
  'first-interval'(machine, call, { root }) {
    const place = root === undefined ? argument(call, 0) : placeOf(machine, call, root, 'walks the tree of');
    return overlapping(machine, end(machine, place ?? 0n, LEFT), argument(call, 1), argument(call, 2));
  },
  'next-interval': (machine, call) =>
    overlapping(machine, beside(machine, argument(call, 0), RIGHT), argument(call, 1), argument(call, 2)),
};

function nodeAt(machine: Machine, value: Value): Pointer | null {
  const place = follow(machine, value, 'walks the tree of');
  return place && checkAlive(machine, place, 'walks the tree of') ? place : null;
}

/** Where a link leads; null for nowhere. */
function linkOf(machine: Machine, node: Pointer, link: number): Pointer | null {
  const value = readCell(machine, node.moved(link), Scalar.Pointer, 'struct rb_node');
  return resolve(value) === 0n ? null : nodeAt(machine, value);
}

function setLink(machine: Machine, node: Pointer, link: number, to: Pointer | null): void {
  writeCell(machine, node.moved(link), 8, to ?? 0n);
}

/** A node without children, where a link shows where. */
function put(machine: Machine, node: Pointer, parent: Value, link: Pointer): void {
  writeCell(machine, node, 8, parent);
  setLink(machine, node, RIGHT, null);
  setLink(machine, node, LEFT, null);
  writeCell(machine, link, 8, node);
}

/** The place of the link that leads to a node: in its parent, or the root. */
function linkTo(machine: Machine, node: Pointer, root: Pointer): Pointer | null {
  const up = linkOf(machine, node, UP);
  const links = up && !isSamePlace(up, node) ? [up.moved(LEFT), up.moved(RIGHT)] : [root];
  for (const link of links) {
    const to = linkOf(machine, link, 0);
    if (to && isSamePlace(to, node)) return link;
  }
  return null;
}

/** Puts another node, or nothing, in the place of a node. */
function replace(machine: Machine, node: Pointer, root: Pointer, by: Pointer | null): void {
  const link = linkTo(machine, node, root);
  if (!link) return;
  writeCell(machine, link, 8, by ?? 0n);
  if (by) writeCell(machine, by, 8, readCell(machine, node, Scalar.Pointer, 'struct rb_node'));
}

function takeOut(machine: Machine, node: Pointer, root: Pointer): void {
  if (!linkTo(machine, node, root)) {
    if (machine.ending === null)
      machine.fatal(
        'LIST',
        `\`${quote(machine)}\` takes ${nameOf(node.object)} out of a tree that it is not in`,
      );
    return;
  }
  const [left, right] = [linkOf(machine, node, LEFT), linkOf(machine, node, RIGHT)];
  if (!left || !right) {
    replace(machine, node, root, left ?? right);
    return;
  }
  const next = outermost(machine, right, LEFT);
  if (!isSamePlace(next, right)) {
    replace(machine, next, root, linkOf(machine, next, RIGHT));
    adopt(machine, next, RIGHT, right);
  }
  replace(machine, node, root, next);
  adopt(machine, next, LEFT, left);
}

function adopt(machine: Machine, node: Pointer, side: Side, child: Pointer): void {
  setLink(machine, node, side, child);
  setLink(machine, child, UP, node);
}

/** More nodes than any scenario makes; links that go round would never end. */
const MOST = 256;

function outermost(machine: Machine, from: Pointer, side: Side): Pointer {
  let node = from;
  for (let steps = 0; steps < MOST; steps++) {
    const next = linkOf(machine, node, side);
    if (!next) return node;
    node = next;
  }
  machine.end({ kind: 'stopped', why: 'a tree that the model cannot follow' });
  return node;
}

function end(machine: Machine, root: Value, side: Side): Value {
  const place = nodeAt(machine, root);
  const top = place && linkOf(machine, place, 0);
  return top ? outermost(machine, top, side) : 0n;
}

/** The node behind one, or before it. */
function beside(machine: Machine, value: Value, side: Side): Value {
  const node = nodeAt(machine, value);
  if (!node) return 0n;
  const below = linkOf(machine, node, side);
  if (below) return outermost(machine, below, side === RIGHT ? LEFT : RIGHT);
  let [from, up] = [node, linkOf(machine, node, UP)];
  for (let steps = 0; up && steps < MOST; steps++) {
    const other = linkOf(machine, up, side);
    if (!other || !isSamePlace(other, from)) return up;
    [from, up] = [up, linkOf(machine, up, UP)];
  }
  return 0n;
}

// ---- intervals

/** A bound as a number; a run in which it is none ends, and says so. */
function bound(machine: Machine, value: Value): bigint {
  const known = resolve(value);
  if (typeof known === 'bigint') return BigInt.asUintN(64, known);
  machine.end({ kind: 'stopped', why: 'a range whose ends are not known' });
  return 0n;
}

function boundOf(machine: Machine, node: Pointer, at: typeof FIRST | typeof LAST): bigint {
  return bound(machine, readCell(machine, node.moved(at), Scalar.U64, ''));
}

function addInterval(machine: Machine, node: Pointer, root: Pointer): void {
  const first = boundOf(machine, node, FIRST);
  let [link, parent] = [root, linkOf(machine, root, 0)];
  let up: Value = 0n;
  for (let steps = 0; parent && steps < MOST; steps++) {
    if (isSamePlace(parent, node)) {
      machine.fatal(
        'LIST',
        `\`${quote(machine)}\` adds ${nameOf(node.object)}, which is in the tree already`,
      );
      return;
    }
    up = parent;
    link = parent.moved(first < boundOf(machine, parent, FIRST) ? LEFT : RIGHT);
    parent = linkOf(machine, link, 0);
  }
  if (machine.ending === null) put(machine, node, up, link);
}

/** From a node on, the first that has something of a range. */
function overlapping(machine: Machine, from: Value, first: Value, last: Value): Value {
  const [low, high] = [bound(machine, first), bound(machine, last)];
  let node = resolve(from);
  for (let steps = 0; node instanceof Pointer && machine.ending === null && steps < MOST; steps++) {
    if (boundOf(machine, node, FIRST) <= high && boundOf(machine, node, LAST) >= low) return node;
    node = resolve(beside(machine, node, RIGHT));
  }
  return 0n;
}
