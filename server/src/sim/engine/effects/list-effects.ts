/** What the functions of include/linux/list.h do. */

import { Scalar } from '../../../ir/index.js';
import { identity, isSamePlace, Pointer, resolve, type Value } from '../../model/index.js';
import { checkAlive, follow, nameOf, quote, readCell, writeCell } from '../access.js';
import { containerByName } from '../addresses.js';
import { decide } from '../deciding.js';
import {
  ends,
  expectedNode,
  insert,
  isLinked,
  link,
  neighbour,
  replaceEverywhere,
  Sentinel,
  unlink,
} from '../lists.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, type PrimitiveCall } from './perform.js';

type What = EffectOf<'list'>['what'];
type Act = (machine: Machine, place: Pointer, call: PrimitiveCall) => Value;

export function list(machine: Machine, { what }: EffectOf<'list'>, call: PrimitiveCall): Value {
  if (what === 'sort') return 0n;
  const value = argument(call, 0);
  const cursor = what === 'next-entry' || what === 'prev-entry' ? cursorNode(machine, call) : null;
  const place = cursor ?? follow(machine, value, 'uses the list of');
  if (!place || !checkAlive(machine, place, 'uses the list of')) return 0n;
  return ACTS[what](machine, place, call);
}

const ACTS: Readonly<Record<What, Act>> = {
  init: (machine, node) => {
    machine.emptyLists.delete(identity(node));
    link(machine, node, node);
    return 0n;
  },
  add: (machine, node, call) => add(machine, node, call, true),
  'add-tail': (machine, node, call) => add(machine, node, call, false),
  del: (machine, node) => remove(machine, node, 'poison'),
  'del-init': (machine, node) => remove(machine, node, 'itself'),
  'del-rcu': (machine, node) => remove(machine, node, 'next'),
  move: (machine, node, call) => move(machine, node, call, true),
  'move-tail': (machine, node, call) => move(machine, node, call, false),
  empty: (machine, head) => {
    const node = first(machine, head);
    // The code itself asks: it may be.
    machine.emptyLists.delete(identity(head));
    return truth(node, (each) => isSamePlace(each, head));
  },
  singular: (machine, head) => {
    const node = first(machine, head);
    if (!node || isSamePlace(node, head)) return 0n;
    return truth(neighbour(machine, node, head, true), (next) => isSamePlace(next, head));
  },
  splice: (machine, head, call) => splice(machine, head, call, true, false),
  'splice-init': (machine, head, call) => splice(machine, head, call, true, true),
  'splice-tail': (machine, head, call) => splice(machine, head, call, false, false),
  'splice-tail-init': (machine, head, call) => splice(machine, head, call, false, true),
  replace: (machine, old, call) => replace(machine, old, call),
  count: (machine, head) => countOf(machine, head),
  'is-head': (machine, node, call) => same(machine, node, argument(call, 1)),
  'is-first': (machine, node, call) => relation(machine, node, call, false),
  'is-last': (machine, node, call) => relation(machine, node, call, true),
  'first-entry': (machine, head, call) =>
    entry(machine, head, expectedNode(machine, head, true), call, false),
  'last-entry': (machine, head, call) =>
    entry(machine, head, expectedNode(machine, head, false), call, false),
  'first-entry-or-null': (machine, head, call) => entry(machine, head, first(machine, head), call, true),
  'next-entry': (machine, node, call) =>
    entry(machine, null, neighbour(machine, node, null, true), call, false),
  'prev-entry': (machine, node, call) =>
    entry(machine, null, neighbour(machine, node, null, false), call, false),
  'hlist-init': (machine, node) => {
    writeCell(machine, node, 8, 0n);
    return 0n;
  },
  'hlist-empty': (machine, head) => {
    const value = resolve(readCell(machine, head, Scalar.Pointer, ''));
    return decide(machine, value, machine.site, true) ? 0n : 1n;
  },
  'hlist-add': (machine, node, call) => {
    const head = follow(machine, argument(call, 1), 'uses the list of');
    if (!head) return 0n;
    writeCell(machine, node, 8, readCell(machine, head, Scalar.Pointer, ''));
    writeCell(machine, head, 8, node);
    return 0n;
  },
  'hlist-del': (machine, node) => {
    const next = readCell(machine, node, Scalar.Pointer, '');
    replaceEverywhere(machine, node, next);
    return 0n;
  },
  sort: () => 0n,
};

function first(machine: Machine, head: Pointer): Pointer | null {
  return neighbour(machine, head, head, true);
}

function truth(node: Pointer | null, is: (node: Pointer) => boolean): Value {
  return node && is(node) ? 1n : 0n;
}

function same(machine: Machine, node: Pointer, other: Value): Value {
  const known = resolve(other);
  if (known instanceof Pointer) return isSamePlace(node, known) ? 1n : 0n;
  return machine.unknown('integer', 0n, 1n, quote(machine));
}

function relation(machine: Machine, node: Pointer, call: PrimitiveCall, isForward: boolean): Value {
  const head = follow(machine, argument(call, 1), 'uses the list of');
  if (!head) return 0n;
  return truth(neighbour(machine, node, head, isForward), (next) => isSamePlace(next, head));
}

function add(machine: Machine, node: Pointer, call: PrimitiveCall, isFront: boolean): Value {
  const head = follow(machine, argument(call, 1), 'uses the list of');
  if (!head || !checkAlive(machine, head, 'uses the list of')) return 0n;
  if (isLinked(node) && node.object.lifetime !== 'given') {
    machine.fatal('LIST', `\`${quote(machine)}\` adds ${nameOf(node.object)}, which is on a list already`);
    return 0n;
  }
  const end = ends(machine, head, isFront);
  if (!end || machine.ending !== null) return 0n;
  if (isFront) insert(machine, node, head, end);
  else insert(machine, node, end, head);
  return 0n;
}

function remove(machine: Machine, node: Pointer, leaves: 'poison' | 'itself' | 'next'): Value {
  unlink(machine, node, leaves);
  return 0n;
}

function move(machine: Machine, node: Pointer, call: PrimitiveCall, isFront: boolean): Value {
  if (!unlink(machine, node, 'itself')) return 0n;
  return add(machine, node, call, isFront);
}

function splice(
  machine: Machine,
  from: Pointer,
  call: PrimitiveCall,
  isFront: boolean,
  isEmptied: boolean,
): Value {
  const head = follow(machine, argument(call, 1), 'uses the list of');
  const start = head && first(machine, from);
  if (!head || !start || isSamePlace(start, from)) return 0n;
  const last = neighbour(machine, from, from, false);
  const end = ends(machine, head, isFront);
  if (!last || !end) return 0n;
  const [before, after] = isFront ? [head, end] : [end, head];
  link(machine, before, start);
  link(machine, last, after);
  if (isEmptied) link(machine, from, from);
  return 0n;
}

function replace(machine: Machine, old: Pointer, call: PrimitiveCall): Value {
  const fresh = follow(machine, argument(call, 1), 'uses the list of');
  const next = fresh && neighbour(machine, old, null, true);
  const previous = next && neighbour(machine, old, null, false);
  if (fresh && next && previous) insert(machine, fresh, previous, next);
  return 0n;
}

const MOST = 64;

function countOf(machine: Machine, head: Pointer): Value {
  let node = first(machine, head);
  let count = 0n;
  while (node && !isSamePlace(node, head) && count < MOST) {
    count++;
    node = neighbour(machine, node, head, true);
  }
  return count;
}

/** The element that hangs from a node; of the head itself it is none. */
function entry(
  machine: Machine,
  head: Pointer | null,
  node: Pointer | null,
  call: PrimitiveCall,
  isNullForNone: boolean,
): Value {
  if (!node) return 0n;
  const isNone = head !== null && isSamePlace(node, head);
  if (isNone && isNullForNone) return 0n;
  const container = containerOfNode(machine, node, call);
  return isNone && head
    ? new Sentinel(container.object, container.region, container.offset, '', head)
    : container;
}

function memberOffset(machine: Machine, { each }: PrimitiveCall): number {
  const { slot } = each;
  return slot ? machine.code.offsetOf(slot.record, slot.member, machine.frame.procedure.path) : 0;
}

function containerOfNode(machine: Machine, node: Pointer, call: PrimitiveCall): Pointer {
  const offset = memberOffset(machine, call);
  const { slot } = call.each;
  if (offset >= 0) {
    if (node.object.lifetime === 'given' && slot) node.object.type = slot.record;
    return node.moved(-offset, '');
  }
  return containerByName(node, slot?.record ?? '', slot?.member ?? '');
}

/** `list_next_entry(pos, member)` starts at the node within the cursor. */
function cursorNode(machine: Machine, call: PrimitiveCall): Pointer | null {
  const cursor = follow(machine, argument(call, 0), 'walks from');
  const offset = memberOffset(machine, call);
  return cursor && offset >= 0 ? cursor.moved(offset, call.each.slot?.member ?? '') : cursor;
}
