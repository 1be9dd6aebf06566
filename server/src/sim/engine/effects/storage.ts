/** xarrays, id trees and allocators, search trees: containers that are kept beside memory. */
import { Scalar } from '../../../ir/index.js';
import { ERRNO } from '../../kernel/index.js';
import {
  Container,
  identity,
  type MemoryObject,
  Pointer,
  placeWords,
  resolve,
  type Value,
} from '../../model/index.js';
import { checkAlive, follow, HIGHEST, nameOf, quote, share, touch, writeCell } from '../access.js';
import { isReachableWithout } from '../checks/reach.js';
import { letEscape } from '../escapes.js';
import type { Machine } from '../machine.js';
import { deadlock, waitFor } from './locking.js';
import { argument, type EffectOf, object, type PrimitiveCall, type Result } from './perform.js';
import { checkPasidFreed } from './simulated.js';

/** The container at a place; of one that was there before the code ran, the contents are not known. */
function containerAt(machine: Machine, { object: owner, key }: Pointer): Container {
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

/** The entry at a position of a walk; of an unknown container the first is made up. */
export function entryAfter(
  machine: Machine,
  place: Pointer,
  position: number,
  type: string,
): { index: Value; value: Value } | null {
  touch(machine, place.object, place.key, false);
  const container = containerAt(machine, place);
  if (position === 0 && container.isUnknown && container.entries.size === 0) {
    const name = placeWords(place);
    if (machine.choose('unknown', [`${name} has an entry`, `${name} is empty`], machine.site) === 0) {
      const index = machine.unknown('integer', 0n, HIGHEST[Scalar.U32]!, `an index of ${name}`);
      container.entries.set(identity(index), { index, value: object(machine, `an entry of ${name}`, type) });
    }
    container.isUnknown = false;
  }
  return [...container.entries.values()].filter(({ value }) => resolve(value) !== 0n)[position] ?? null;
}

export function xarray(machine: Machine, effect: EffectOf<'xarray'>, call: PrimitiveCall): Result {
  const place = follow(machine, argument(call, effect.array), 'reaches');
  if (!place || !checkAlive(machine, place, 'reaches')) return 0n;
  if (mustWait(machine, effect, place)) return 'again';
  order(machine, effect, place);
  touch(
    machine,
    place.object,
    place.key,
    effect.what !== 'load' && effect.what !== 'empty' && effect.what !== 'find',
  );
  const container = containerAt(machine, place);
  const { what } = effect;
  if (what === 'init') {
    machine.containers.get(place.object)!.set(place.key, new Container(false));
    return 0n;
  }
  if (what === 'empty') return isEmpty(machine, place, container);
  if (what === 'destroy') {
    container.entries.clear();
    container.isUnknown = false;
    return 0n;
  }
  if (what === 'find') return found(machine, effect, call, place);
  if (what === 'alloc') return allocate(machine, effect, call, place, container);
  return access(machine, effect, call, place, container);
}

/** Who writes takes the lock of the array, which others may have taken with xa_lock(). Readers take none. */
function mustWait(machine: Machine, { what, isLocked }: EffectOf<'xarray'>, place: Pointer): boolean {
  const { object, key, member } = place;
  if (isLocked || READS.has(what) || machine.locks.at(object, key).isFree('exclusive')) return false;
  const words = `the lock of ${member || object.words}`;
  const mine = machine.task.held.find((each) => each.object === object && each.key === key);
  if (mine) deadlock(machine, mine, words);
  else waitFor(machine, place, 'exclusive', words);
  return true;
}

/** Who finds an entry comes after all that was done before it was stored. */
function order({ races, task }: Machine, { what }: EffectOf<'xarray'>, { object, key }: Pointer): void {
  if (what === 'init') return;
  races.acquire(task, object, key);
  if (!READS.has(what)) races.release(task, object, key);
}

const READS: ReadonlySet<EffectOf<'xarray'>['what']> = new Set(['init', 'load', 'empty', 'find']);

function isEmpty(machine: Machine, place: Pointer, container: Container): Value {
  if (container.entries.size > 0) return 0n;
  if (!container.isUnknown) return 1n;
  return entryAfter(machine, place, 0, '') ? 0n : 1n;
}

function access(
  machine: Machine,
  effect: EffectOf<'xarray'>,
  call: PrimitiveCall,
  place: Pointer,
  container: Container,
): Value {
  const index = argument(call, effect.index);
  const key = identity(index);
  const old = lookUp(machine, place, container, index, call);
  const entry = effect.entry === undefined ? 0n : argument(call, effect.entry);
  const put = (value: Value): void => {
    if (resolve(value) === 0n) container.entries.delete(key);
    else container.entries.set(key, { index, value });
    if (place.object.isShared) share(value);
    if (place.object.hasEscaped) letEscape(value);
    machine.recorder?.stored(machine, place, index, value);
  };
  switch (effect.what) {
    case 'load':
      return old;
    case 'erase':
      put(0n);
      return old;
    case 'release':
      // Only a reservation goes, no entry.
      if (resolve(old) === 0n) put(0n);
      return 0n;
    case 'store':
      checkOverwritten(machine, place, old, entry, call);
      put(entry);
      return old;
    case 'exchange': {
      const expected = resolve(argument(call, effect.expected));
      if (identity(old) === identity(expected)) put(entry);
      return old;
    }
    default: {
      // A reserved slot is taken, but holds nothing that a lookup finds.
      if (resolve(old) !== 0n || container.entries.has(key))
        return effect.what === 'reserve' ? 0n : -BigInt(ERRNO.EBUSY);
      container.entries.set(key, { index, value: entry });
      if (place.object.isShared) share(entry);
      machine.recorder?.stored(machine, place, index, entry);
      return 0n;
    }
  }
}

/** The entry at an index; whether an unknown container has one is a choice. */
function lookUp(
  machine: Machine,
  place: Pointer,
  container: Container,
  index: Value,
  call: PrimitiveCall,
): Value {
  const key = identity(index);
  const known = container.entries.get(key);
  if (known) return known.value;
  if (!container.isUnknown || container.absent.has(key)) return 0n;
  const name = `${placeWords(place)}[${typeof resolve(index) === 'bigint' ? String(resolve(index)) : 'index'}]`;
  const wants = call.primitive.effect.do === 'xarray' && call.primitive.effect.what === 'load';
  const words = wants
    ? [`${name} is there`, `${name} is not there`]
    : [`${name} is free`, `${name} is taken`];
  const taken = machine.choose('unknown', words, machine.site);
  if ((taken === 0) !== wants) {
    container.absent.add(key);
    return machine.nothing('environment', `${name} is not there`);
  }
  const value = object(machine, name, call.each.type);
  container.entries.set(key, { index, value });
  return value;
}

/** DUP: the entry that a store hides is lost when nothing else refers to it. */
function checkOverwritten(
  machine: Machine,
  place: Pointer,
  old: Value,
  entry: Value,
  call: PrimitiveCall,
): void {
  const known = resolve(old);
  const isIgnored = call.isIgnored || machine.frame.procedure.isOnlyAskedForError(call.each.dst);
  if (!(known instanceof Pointer) || !isIgnored || known.object.state !== 'live') return;
  if (known.object.lifetime === 'given' || identity(known) === identity(entry)) return;
  if (known.object.hasEscaped || isReachableWithout(machine, known.object, place)) return;
  machine.report('DUP', `\`${quote(machine)}\` overwrites ${nameOf(known.object)}, which then nobody finds`, [
    ...(known.object.madeAt ? [{ site: known.object.madeAt, words: 'it was made here' }] : []),
  ]);
}

/** xa_find(): the first entry, whatever was asked for. */
function found(machine: Machine, effect: EffectOf<'xarray'>, call: PrimitiveCall, place: Pointer): Value {
  const entry = entryAfter(machine, place, 0, call.each.type);
  const index = effect.index === undefined ? null : resolve(argument(call, effect.index));
  if (!entry) return 0n;
  if (index instanceof Pointer) writeCell(machine, index, 8, entry.index);
  return entry.value;
}

/** xa_alloc() writes the index, idr_alloc() returns it. */
function allocate(
  machine: Machine,
  effect: EffectOf<'xarray'>,
  call: PrimitiveCall,
  place: Pointer,
  container: Container,
): Value {
  const entry = argument(call, effect.entry);
  const name = placeWords(place);
  const index = container.isUnknown
    ? machine.unknown('integer', 0n, HIGHEST[Scalar.I32]!, `an index of ${name}`)
    : ++container.next;
  container.entries.set(identity(index), { index, value: entry });
  if (place.object.isShared) share(entry);
  machine.recorder?.stored(machine, place, index, entry);
  if (effect.givesId) return index;
  const out = effect.index === undefined ? null : follow(machine, argument(call, effect.index), 'writes');
  if (out) writeCell(machine, out, 4, index);
  return 0n;
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

/** Search trees: a set of nodes, in no order. */
export function tree(machine: Machine, { what }: EffectOf<'tree'>, call: PrimitiveCall): Value {
  const { primitive, each } = call;
  const adds = what === 'add' || what === 'del';
  const node = adds ? follow(machine, argument(call, 0), 'reaches') : null;
  const rootAt = adds ? call.args.length - 1 : 0;
  const root = resolve(argument(call, rootAt));
  if (!(root instanceof Pointer)) {
    if (node) letEscape(node);
    return machine.unknown('pointer', 0n, HIGHEST[Scalar.Pointer]!, `${primitive.name}()`, each.type);
  }
  if (!checkAlive(machine, root, 'reaches')) return 0n;
  touch(machine, root.object, root.key, adds);
  const container = containerAt(machine, root);
  if (node) {
    if (what === 'add') container.entries.set(identity(node), { index: node, value: node });
    else container.entries.delete(identity(node));
    // Code that walks the tree itself finds another shape than before.
    root.object.refill(root.key, 8, 'unknown');
    return 0n;
  }
  if (what === 'empty') return isEmpty(machine, root, container);
  const [only] = container.entries.values();
  if (!container.isUnknown && container.entries.size === 0) return 0n;
  if (only && what === 'first') return only.value;
  return machine.unknown('pointer', 0n, HIGHEST[Scalar.Pointer]!, `${primitive.name}()`, each.type);
}
