/**
 * Linked lists as they lie in memory: `next` at the node, `prev` eight bytes
 * behind. The list of an unknown head has one element, or none, and shows the
 * same to everybody who walks it later.
 */

import { Scalar } from '../../ir/index.js';
import {
  identity,
  Pointer,
  placeWords,
  resolve,
  Undefined,
  Unknown,
  type Value,
  WHOLE,
} from '../model/index.js';
import { checkAlive, POISON, quote, readCell, touch, writeCell } from './access.js';
import type { Machine } from './machine.js';

const PREV = 8;

/** What a cursor holds when its loop has ended: computed from the head, it is no element. */
export class Sentinel extends Pointer {
  constructor(
    object: Pointer['object'],
    region: Pointer['region'],
    offset: number,
    member: string,
    /** The head that it was computed from. */
    readonly head: Pointer,
  ) {
    super(object, region, offset, member);
  }

  /** What is no element leads back to the head where its node would be. */
  override moved(bytes: number, member = this.member): Pointer {
    const moved = new Pointer(this.object, this.region, this.offset + bytes, member);
    const isHead = moved.key >= this.head.key && moved.key < this.head.key + 2 * PREV;
    return isHead ? moved : new Sentinel(this.object, this.region, moved.offset, member, this.head);
  }
}

/** The node after one, or before it; null when there is none to go to, which has been reported. */
export function neighbour(
  machine: Machine,
  node: Pointer,
  head: Pointer | null,
  isForward: boolean,
): Pointer | null {
  const place = isForward ? node : node.moved(PREV);
  if (!checkPassed(machine, node)) return null;
  if (isOpen(place)) open(machine, node, head ?? node);
  const value = resolve(readCell(machine, place, Scalar.Pointer, 'struct list_head'));
  if (value instanceof Pointer) return value;
  if (value instanceof Unknown) {
    open(machine, node, head ?? node);
    const opened = resolve(readCell(machine, place, Scalar.Pointer, 'struct list_head'));
    return opened instanceof Pointer ? opened : null;
  }
  complain(machine, value);
  return null;
}

/**
 * Whether a walk may go on from a node. One that could not be got is passed by under what keeps it on its list: if
 * nothing does, it is freed in another run.
 */
function checkPassed(machine: Machine, node: Pointer): boolean {
  const { held, sections } = machine.task;
  const isKept = held.length > 0 || sections.length > 0;
  return (isKept && node.object.state === 'live') || checkAlive(machine, node, 'walks to');
}

function complain(machine: Machine, value: Value): void {
  const text = quote(machine);
  if (value instanceof Undefined || value === 0n)
    machine.fatal('LIST', `\`${text}\` uses a list head or node that was never initialised`);
  else if (POISON.includes(value as (typeof POISON)[number]))
    machine.fatal('LIST', `\`${text}\` goes on from a node that was deleted from its list`);
  else machine.end({ kind: 'stopped', why: 'a list that the model cannot follow' });
}

/** Whether nobody has asked yet what a link holds. */
function isOpen({ object, key }: Pointer): boolean {
  const cell = object.at(key, 8);
  return cell === null ? object.fillAt(key) === 'unknown' : cell !== 'mixed' && cell.value === null;
}

/** The first or last node of a list that the code takes to have one: then it was not chosen to be empty. */
export function expectedNode(machine: Machine, head: Pointer, isForward: boolean): Pointer | null {
  if (!checkAlive(machine, head, 'walks to')) return null;
  if (isOpen(isForward ? head : head.moved(PREV))) populate(machine, head);
  if (machine.emptyLists.has(identity(head))) machine.contradict();
  return neighbour(machine, head, head, isForward);
}

/** Decides what is behind a link that nobody has looked at. */
function open(machine: Machine, node: Pointer, head: Pointer): void {
  const isHead = node.object === head.object && node.key === head.key;
  if (!isHead) {
    link(machine, node, head);
    return;
  }
  const words = [`the list ${placeWords(head)} has an element`, `the list ${placeWords(head)} is empty`];
  if (machine.choose('unknown', words, machine.site) === 1) {
    link(machine, head, head);
    machine.emptyLists.add(identity(head));
    return;
  }
  populate(machine, head);
}

/** Gives an unknown list its one element. */
function populate(machine: Machine, head: Pointer): void {
  const element = machine.heap.make(machine.task.number, {
    type: '',
    lifetime: 'given',
    size: -1,
    fill: 'unknown',
    madeAt: null,
    words: `an element of ${placeWords(head)}`,
  });
  element.isShared = true;
  const first = new Pointer(element, WHOLE, 0, 'list');
  link(machine, head, first);
  link(machine, first, head);
}

/** Makes two nodes neighbours. */
export function link(machine: Machine, before: Pointer, after: Pointer): void {
  writeCell(machine, before, 8, plain(after));
  writeCell(machine, after.moved(PREV, after.member), 8, plain(before));
}

function plain({ object, region, offset, member }: Pointer): Pointer {
  return new Pointer(object, region, offset, member);
}

/** Puts a node between two. */
export function insert(machine: Machine, node: Pointer, before: Pointer, after: Pointer): void {
  link(machine, before, node);
  link(machine, node, after);
}

/** Whether the node is on a list as far as this run put it there. */
export function isLinked(node: Pointer): boolean {
  const cell = node.object.at(node.key, 8);
  if (cell === null || cell === 'mixed' || cell.value === null) return false;
  const next = resolve(cell.value);
  if (!(next instanceof Pointer) || (next.object === node.object && next.key === node.key)) return false;
  // A copy of a node has its neighbours, but they do not know it.
  const back = next.object.at(next.key + PREV, 8);
  const previous = back && back !== 'mixed' && back.value !== null ? resolve(back.value) : null;
  return previous instanceof Pointer && previous.object === node.object && previous.key === node.key;
}

/** Takes a node out; `leaves`: what it holds afterwards. */
export function unlink(machine: Machine, node: Pointer, leaves: 'poison' | 'itself' | 'next'): boolean {
  const next = plainNeighbour(machine, node, true);
  const previous = next === null ? null : plainNeighbour(machine, node, false);
  if (machine.ending !== null) return false;
  if (next && previous && next !== 'open' && previous !== 'open') link(machine, previous, next);
  else machine.takenOffUnknown.add(node.object);
  if (leaves === 'itself') link(machine, node, node);
  else {
    if (leaves === 'poison') writeCell(machine, node, 8, POISON[0]);
    writeCell(machine, node.moved(PREV), 8, POISON[1]);
  }
  return true;
}

/** A neighbour without deciding what an unknown list looks like. */
function plainNeighbour(machine: Machine, node: Pointer, isForward: boolean): Pointer | 'open' | null {
  const place = isForward ? node : node.moved(PREV);
  if (isOpen(place)) return 'open';
  const value = resolve(readCell(machine, place, Scalar.Pointer, ''));
  if (value instanceof Unknown) return 'open';
  if (value instanceof Pointer) {
    if (!checkAlive(machine, value, 'relinks the neighbour by')) return null;
    return value;
  }
  if (value === POISON[0] || value === POISON[1])
    machine.fatal('LIST', `\`${quote(machine)}\` deletes a node that was deleted before`);
  else complain(machine, value);
  return null;
}

/** The neighbours of a head that something is to be added to; an unknown list is taken to have an element. */
export function ends(machine: Machine, head: Pointer, isFront: boolean): Pointer | null {
  const place = isFront ? head : head.moved(PREV);
  if (isOpen(place)) populate(machine, head);
  machine.emptyLists.delete(identity(head));
  if (head.object.isShared) touch(machine, head.object, head.key, true);
  return neighbour(machine, head, head, isFront);
}

/** Writes a value wherever a pointer to a node stands: what unhashing a node does. */
export function replaceEverywhere(machine: Machine, node: Pointer, value: Value): void {
  for (const object of machine.heap.objects) {
    if (object === node.object) continue;
    for (const cell of object.cells.values()) {
      const held = cell.value === null ? null : resolve(cell.value);
      if (held instanceof Pointer && held.object === node.object && held.key === node.key) cell.value = value;
    }
  }
}
