/** What containers that are kept beside memory hold: of xarrays, id allocators, search trees. */
import { Scalar } from '../../../ir/index.js';
import { ERRNO } from '../../kernel/index.js';
import {
  Container,
  type Entry,
  identity,
  type MemoryObject,
  Pointer,
  placeWords,
  resolve,
  type Value,
} from '../../model/index.js';
import { anything, checkAlive, follow, HIGHEST, touch } from '../access.js';
import { letEscape } from '../escapes.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, type PrimitiveCall } from './perform.js';
import { SEARCH_TREES } from './search-trees.js';
import { checkPasidFreed } from './simulated.js';

/** The container at a place; of one that was there before the code ran, the contents are not known. */
export function containerAt(machine: Machine, { object: owner, key }: Pointer): Container {
  let keys = machine.containers.get(owner);
  if (!keys) {
    keys = new Map();
    machine.containers.set(owner, keys);
  }
  let known = keys.get(key);
  if (!known) {
    known = new Container(owner.fillAt(key) === 'unknown');
    keys.set(key, known);
  }
  return known;
}

/** What is stored in the containers of an object. */
export function storedIn(machine: Machine, owner: MemoryObject): Value[] {
  const keys = machine.containers.get(owner);
  return keys
    ? [...keys.values()].flatMap(({ entries }) => [...entries.values()].map(({ value }) => value))
    : [];
}

/** Where a walk over a container stands. */
export interface Position {
  /** Entries up to this index are behind it; null before all. */
  readonly last: Value | null;
  /** Entries that it has come by, for indices that have no order. */
  readonly seen: ReadonlySet<string>;
}

export const START: Position = { last: null, seen: new Set() };

/** The entry behind a position, by its index; of an unknown container the first is made up. */
export function entryAfter(
  machine: Machine,
  place: Pointer,
  { last, seen }: Position,
  type: string,
): Entry | null {
  touch(machine, place.object, place.key, false);
  const container = containerAt(machine, place);
  if (seen.size === 0 && container.isUnknown && container.entries.size === 0) makeFirst(machine, place, type);
  let next: Entry | null = null;
  for (const entry of container.entries.values()) {
    if (resolve(entry.value) === 0n || seen.has(identity(entry.index))) continue;
    const isPassed = last !== null && isInOrder(entry.index, last);
    if (!isPassed && (next === null || isInOrder(entry.index, next.index))) next = entry;
  }
  return next;
}

/** Whether an index is known to be no higher than another. */
function isInOrder(one: Value, other: Value): boolean {
  const [low, high] = [resolve(one), resolve(other)];
  return typeof low === 'bigint' && typeof high === 'bigint' && low <= high;
}

function makeFirst(machine: Machine, place: Pointer, type: string): void {
  const container = containerAt(machine, place);
  const name = placeWords(place);
  if (machine.choose('unknown', [`${name} has an entry`, `${name} is empty`], machine.site) === 0) {
    const index = machine.unknown('integer', 0n, HIGHEST[Scalar.U32]!, `an index of ${name}`);
    container.entries.set(identity(index), { index, value: entryOf(machine, `an entry of ${name}`, type) });
  }
  container.isUnknown = false;
}

/** An entry of which nothing is known but that it is there: it may be an object that the code has at hand already. */
export function entryOf(machine: Machine, words: string, type: string): Value {
  const entry = anything(machine, Scalar.Pointer, words, type);
  entry.excluded = new Set([0n]);
  entry.isError = false;
  return entry;
}

/** Whether a container holds nothing; of an unknown one that is a choice. */
export function isEmpty(machine: Machine, place: Pointer, container: Container): Value {
  if (container.entries.size > 0) return 0n;
  if (!container.isUnknown) return 1n;
  return entryAfter(machine, place, START, '') ? 0n : 1n;
}

/** IDs that are handed out and taken back. */
export function ids(machine: Machine, effect: EffectOf<'ids'>, call: PrimitiveCall): Value {
  const container = poolOf(machine, effect, call);
  if (!container) return 0n;
  const { what } = effect;
  if (what === 'init' || what === 'destroy') {
    container.entries.clear();
    container.isUnknown = false;
    return 0n;
  }
  if (what === 'free') {
    const id = argument(call, effect.id);
    const number = resolve(id);
    if (typeof number === 'bigint' && machine.hardware.isOnlyOf(number, container))
      checkPasidFreed(machine, number);
    container.entries.delete(identity(id));
    return 0n;
  }
  const low = boundOf(effect.low, call) ?? 0n;
  const high = boundOf(effect.high, call);
  if (container.isUnknown || high === null)
    return machine.unknown(
      'integer',
      typeof low === 'bigint' ? low : 0n,
      HIGHEST[Scalar.I32]!,
      `${call.primitive.name}()`,
    );
  let id = low;
  while (container.entries.has(identity(id))) id++;
  if (id > high) return call.primitive.returns === 'id' ? -BigInt(ERRNO.ENOSPC) : HIGHEST[Scalar.U32]!;
  container.entries.set(identity(id), { index: id, value: 1n });
  machine.hardware.issue(id, container);
  return id;
}

function boundOf(bound: number | { readonly value: number } | undefined, call: PrimitiveCall): bigint | null {
  if (bound === undefined) return HIGHEST[Scalar.I32]!;
  if (typeof bound === 'object') return BigInt(bound.value);
  const value = resolve(argument(call, bound));
  return typeof value === 'bigint' ? value : null;
}

function poolOf(machine: Machine, { pool }: EffectOf<'ids'>, call: PrimitiveCall): Container | null {
  if (pool === 'global') {
    const known =
      (machine.ghosts.get('global ids') as Container | undefined) ??
      new Container(machine.options.world === 'open');
    machine.ghosts.set('global ids', known);
    return known;
  }
  const place = follow(machine, argument(call, pool), 'reaches');
  if (!place || !checkAlive(machine, place, 'reaches')) return null;
  touch(machine, place.object, place.key, true);
  return containerAt(machine, place);
}

/** Search trees: as they lie in memory where all is known, else a set of nodes in no order. */
export function tree(machine: Machine, effect: EffectOf<'tree'>, call: PrimitiveCall): Value {
  const { what } = effect;
  const { primitive, each } = call;
  const known = machine.options.world === 'concrete' ? SEARCH_TREES[what] : null;
  if (known) return known(machine, call, effect);
  if (what === 'link' || what === 'clear') return 0n;
  if (what === 'is-clear') return machine.unknown('integer', 0n, 1n, `${primitive.name}()`);
  const isAdded = what === 'add' || what === 'add-interval' || what === 'colour';
  const changes = isAdded || what === 'del';
  const node = changes ? follow(machine, argument(call, 0), 'reaches') : null;
  const root = resolve(argument(call, changes ? 1 : 0));
  if (!(root instanceof Pointer)) {
    if (node) letEscape(node);
    return machine.unknown('pointer', 0n, HIGHEST[Scalar.Pointer]!, `${primitive.name}()`, each.type);
  }
  if (!checkAlive(machine, root, 'reaches')) return 0n;
  touch(machine, root.object, root.key, changes);
  const container = containerAt(machine, root);
  if (node) {
    if (isAdded) container.entries.set(identity(node), { index: node, value: node });
    else container.entries.delete(identity(node));
    // Code that walks the tree itself finds another shape than before.
    root.object.refill(root.key, 8, 'unknown');
    return 0n;
  }
  if (what === 'empty') return isEmpty(machine, root, container);
  const [only] = container.entries.values();
  if (!container.isUnknown && container.entries.size === 0) return 0n;
  if (only && (what === 'first' || what === 'last')) return only.value;
  return machine.unknown('pointer', 0n, HIGHEST[Scalar.Pointer]!, `${primitive.name}()`, each.type);
}
