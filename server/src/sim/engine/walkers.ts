/** Iteration macros by shape: what they walk, and what they write where. */

import { type Instruction, Scalar, type Walk } from '../../ir/index.js';
import { identity, isSamePlace, Pointer, resolve, type Value } from '../model/index.js';
import { anything, follow, quote, writeCell } from './access.js';
import { containerByName } from './addresses.js';
import { cutLoop } from './cuts.js';
import { decide } from './deciding.js';
import { findNext } from './effects/cursors.js';
import { entryAfter, type Position } from './effects/storage.js';
import { positionAt } from './effects/xarrays.js';
import { loseTrack } from './escapes.js';
import { neighbour, Sentinel } from './lists.js';
import type { Machine } from './machine.js';
import type { Outcome } from './operations.js';
import type { Frame } from './task.js';

/** A walk under way: writes the cursors and says whether there is an element. */
export interface Walker {
  next(machine: Machine): boolean;
}

/** More than any scenario makes; a list that is longer goes round. */
const LONGEST = 64;

export function iterateStart(machine: Machine, frame: Frame, each: Instruction): Outcome {
  const walk = each.walk!;
  const args = walk.roles.map((_, index) => frame.registers[each.args[index]!] ?? 0n);
  const values = new Map(walk.roles.map((role, index) => [role, args[index]!]));
  const shape = SHAPES.find(({ names }) => names.test(walk.shape));
  const make = shape?.make ?? unknownWalk;
  frame.walkers[each.a] = make(machine, { walk, values, args, each });
  return undefined;
}

export function iterateNext(machine: Machine, frame: Frame, each: Instruction): Outcome {
  const walker = frame.walkers[each.a];
  frame.registers[each.dst] = walker?.next(machine) ? 1n : 0n;
  return undefined;
}

interface Start {
  readonly walk: Walk;
  /** By role; of an unknown macro several arguments have the same. */
  readonly values: ReadonlyMap<string, Value>;
  readonly args: readonly Value[];
  readonly each: Instruction;
}

type Make = (machine: Machine, start: Start) => Walker;

const SHAPES: readonly { readonly names: RegExp; readonly make: Make }[] = [
  { names: /^list/, make: (machine, start) => new ListWalk(machine, start) },
  { names: /^xarray$|^idr$/, make: (_, start) => new StorageWalk(start) },
  { names: /^xarray_state$/, make: (_, start) => new CursorWalk(start) },
  { names: /^hlist|^hash|^llist/, make: (_, start) => new ChainWalk(start) },
];

/** Writes a cursor, a local or a place in memory. */
function put(machine: Machine, address: Value | undefined, width: number, value: Value): void {
  const place = address === undefined ? null : follow(machine, address, 'writes');
  if (place) writeCell(machine, place, width, value);
}

/** The lists of list.h, forwards or backwards, safe against deletion of the element or not. */
class ListWalk implements Walker {
  private readonly head: Pointer | null;
  private node: Pointer | null;
  /** For a safe walk, the node that comes next, looked up before the body runs. */
  private saved: Pointer | null = null;
  private readonly isForward: boolean;
  private readonly isSafe: boolean;
  private steps = 0;
  private isAtStart = true;
  private readonly startsAtCursor: boolean;

  constructor(
    machine: Machine,
    private readonly start: Start,
  ) {
    const { walk, values } = start;
    this.isForward = !walk.shape.includes('reverse');
    this.isSafe = walk.shape.includes('safe');
    this.startsAtCursor = /continue|from/.test(walk.shape);
    const head = values.get('head') ?? 0n;
    this.head = follow(machine, head, 'walks the list of');
    this.node = this.startsAtCursor ? this.cursorNode(machine) : this.head;
  }

  private cursorNode(machine: Machine): Pointer | null {
    const address = this.start.values.get('cursor&');
    const place = address === undefined ? null : follow(machine, address, 'reads');
    if (!place) return null;
    const cell = place.object.at(place.key, 8);
    const cursor = cell && cell !== 'mixed' && cell.value !== null ? resolve(cell.value) : null;
    const { walk } = this.start;
    return cursor instanceof Pointer && walk.offset >= 0 ? cursor.moved(walk.offset, walk.member) : null;
  }

  next(machine: Machine): boolean {
    if (!this.head || !this.node || ++this.steps > LONGEST) return false;
    const node = this.advance(machine);
    if (!node || machine.ending !== null) return false;
    this.node = node;
    const isEnd = isSamePlace(node, this.head);
    if (this.isSafe && !isEnd) this.saved = neighbour(machine, node, this.head, this.isForward);
    this.write(machine, node, isEnd);
    return !isEnd;
  }

  private advance(machine: Machine): Pointer | null {
    const isFrom = this.isAtStart && this.start.walk.shape.includes('from');
    this.isAtStart = false;
    if (isFrom) return this.node;
    if (this.isSafe && this.saved) return this.saved;
    const from = this.node!;
    const next = neighbour(machine, from, this.head, this.isForward);
    // list_del_init() makes a node its own neighbour: the walk never comes back to its head.
    if (next && isSamePlace(next, from) && !isSamePlace(from, this.head!)) {
      machine.fatal('LIST', `\`${quote(machine)}\` goes on from a node that was taken off its list`);
      return null;
    }
    return next;
  }

  private write(machine: Machine, node: Pointer, isEnd: boolean): void {
    const { values } = this.start;
    put(machine, values.get('cursor&'), 8, this.element(node, isEnd));
    if (this.isSafe && this.saved && values.has('next&'))
      put(machine, values.get('next&'), 8, this.element(this.saved, isSamePlace(this.saved, this.head!)));
  }

  private element(node: Pointer, isEnd: boolean): Value {
    const { walk, each } = this.start;
    if (walk.member === '') return node;
    const element =
      walk.offset >= 0 ? node.moved(-walk.offset, '') : containerByName(node, each.type, walk.member);
    if (isEnd) return new Sentinel(element.object, element.region, element.offset, '', this.head!);
    if (node.object.lifetime === 'given') node.object.type = each.type;
    return element;
  }
}

/** xarrays and id trees: entries by their index, also when the body takes some away. */
class StorageWalk implements Walker, Position {
  readonly seen = new Set<string>();
  last: Value | null = null;
  private readonly end: Value | null;

  constructor(private readonly start: Start) {
    const { values } = start;
    const first = values.get('first');
    this.last = first === undefined ? null : positionAt(resolve(first), false).last;
    this.end = values.has('last') ? resolve(values.get('last')!) : null;
  }

  next(machine: Machine): boolean {
    const { values, each } = this.start;
    const place = follow(machine, values.get('array') ?? 0n, 'walks');
    if (!place) return false;
    // xa_for_each() sets the index before it looks.
    if (this.seen.size === 0 && values.has('index&'))
      put(machine, values.get('index&'), walkWidth(this.start), values.get('first') ?? 0n);
    const found = this.seen.size < LONGEST ? entryAfter(machine, place, this, each.type) : null;
    if (!found || this.isBeyond(found.index)) {
      put(machine, values.get('cursor&'), 8, 0n);
      return false;
    }
    this.seen.add(identity(found.index));
    this.last = resolve(found.index);
    put(machine, values.get('index&'), walkWidth(this.start), found.index);
    put(machine, values.get('cursor&'), 8, found.value);
    return true;
  }

  private isBeyond(index: Value): boolean {
    const [at, end] = [resolve(index), this.end];
    return typeof at === 'bigint' && typeof end === 'bigint' && at > end;
  }
}

/** `xas_for_each()`: the cursor stands in its state, where the body may move it. */
class CursorWalk implements Walker {
  private steps = 0;
  constructor(private readonly start: Start) {}

  next(machine: Machine): boolean {
    const { values, each } = this.start;
    const isTooLong = ++this.steps > LONGEST;
    const entry = isTooLong
      ? 0n
      : findNext(machine, values.get('state') ?? 0n, values.get('last') ?? 0n, each);
    put(machine, values.get('cursor&'), 8, entry);
    return resolve(entry) !== 0n;
  }
}

function walkWidth({ walk }: Start): number {
  return walk.shape === 'idr' ? 4 : 8;
}

/** Chains that end in NULL. */
class ChainWalk implements Walker {
  private node: Value | null = null;
  private steps = 0;
  constructor(private readonly start: Start) {}

  next(machine: Machine): boolean {
    const { values, walk, each } = this.start;
    const from = this.node ?? values.get('head') ?? values.get('node') ?? values.get('table') ?? 0n;
    const isNode = this.node === null && values.has('node');
    const place = isNode ? null : follow(machine, from, 'walks');
    const value = isNode ? from : place ? readLink(machine, place) : 0n;
    const isThere =
      ++this.steps <= machine.options.turns + 1 && decide(machine, value, machine.site, this.steps === 1);
    if (!isThere) {
      put(machine, values.get('cursor&'), 8, 0n);
      return false;
    }
    const node = follow(machine, value, 'walks');
    if (!node) return false;
    this.node = node;
    put(
      machine,
      values.get('cursor&'),
      8,
      walk.offset >= 0 ? node.moved(-walk.offset, '') : containerByName(node, each.type, walk.member),
    );
    return true;
  }
}

function readLink(machine: Machine, place: Pointer): Value {
  const cell = place.object.at(place.key, 8);
  if (cell && cell !== 'mixed' && cell.value !== null) return cell.value;
  if (place.object.fillAt(place.key) === 'zero') return 0n;
  const made = anything(machine, Scalar.Pointer, 'a node', '');
  place.object.put(place.key, 8, made, '');
  return made;
}

/** What the tables do not know goes round once, or not at all, with cursors of which nothing is known. */
function unknownWalk(_machine: Machine, { walk, args, each }: Start): Walker {
  const places = args.filter((_, index) => /&$|^cursor$/.test(walk.roles[index]!));
  let rounds = 0;
  return {
    next(machine) {
      const words = [`${each.text}() goes round`, `${each.text}() does not go round`];
      const isFirst = rounds++ === 0;
      const goesRound = isFirst && machine.choose('unknown', words, machine.site) === 0;
      if (isFirst && !goesRound) {
        const { frame } = machine;
        const loop = frame.procedure.loopAround(frame.at - 1);
        cutLoop(machine, frame, loop, `${each.text}() that does not go round`);
      }
      for (const address of places) {
        const place = follow(machine, address, 'writes');
        if (!place) continue;
        // What a cursor pointed to before is still there, but nobody here can say who has it.
        loseTrack(place.object.cells.get(place.key)?.value ?? 0n);
        place.object.refill(place.key, -1, 'unknown');
      }
      // A macro that nobody knows may name its cursor by itself.
      if (goesRound && walk.shape === 'unknown') setUnset(machine, machine.frame);
      return goesRound;
    },
  };
}

/** Gives a value to every local of a function that has none. */
function setUnset(machine: Machine, { procedure, locals }: Frame): void {
  procedure.ir.locals.forEach(({ name, kind }, index) => {
    if (!procedure.boxed[index]) locals[index] ??= anything(machine, kind, name);
  });
}
