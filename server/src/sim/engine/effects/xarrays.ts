/** What xarrays and id trees do. */
import { Scalar } from '../../../ir/index.js';
import { ERRNO } from '../../kernel/index.js';
import {
  Container,
  identity,
  Pointer,
  placeWords,
  RESERVED,
  resolve,
  type Value,
} from '../../model/index.js';
import { checkAlive, follow, HIGHEST, nameOf, quote, readCell, share, touch, writeCell } from '../access.js';
import { isReachableWithout } from '../checks/reach.js';
import { placeKey } from '../contended.js';
import { letEscape } from '../escapes.js';
import type { Machine } from '../machine.js';
import { deadlock, waitFor } from './locking.js';
import { argument, type EffectOf, type PrimitiveCall, type Result } from './perform.js';
import { containerAt, entryAfter, entryOf, isEmpty, type Position, START } from './storage.js';

export function xarray(machine: Machine, effect: EffectOf<'xarray'>, call: PrimitiveCall): Result {
  const place = follow(machine, argument(call, effect.array), 'reaches');
  if (!place || !checkAlive(machine, place, 'reaches')) return 0n;
  if (mustWait(machine, effect, place)) return 'again';
  order(machine, effect, place);
  touch(machine, place.object, place.key, effect.what === 'init' || !READS.has(effect.what));
  const container = containerAt(machine, place);
  const { what } = effect;
  if (what === 'init') {
    machine.containers.get(place.object)!.set(place.key, new Container(false));
    machine.ledger.initialisedLocks.add(placeKey(place.object.id, place.key));
    return 0n;
  }
  if (what === 'empty') return isEmpty(machine, place, container);
  if (what === 'destroy') {
    container.entries.clear();
    container.isUnknown = false;
    return 0n;
  }
  if (what === 'find' || what === 'find-after') return found(machine, effect, call, place);
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

const READS: ReadonlySet<EffectOf<'xarray'>['what']> = new Set([
  ...(['init', 'load', 'empty', 'find', 'find-after'] as const),
]);

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
  const put = (value: Value): void => putEntry(machine, place, index, value);
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
      container.entries.set(key, { index, value: kept(entry) });
      if (place.object.isShared) share(entry);
      machine.recorder?.stored(machine, place, index, entry);
      return 0n;
    }
  }
}

/** A reservation is kept as an entry that holds nothing. */
function kept(entry: Value): Value {
  return resolve(entry) === RESERVED ? 0n : entry;
}

/** Stores at an index; nothing takes the entry away. */
export function putEntry(machine: Machine, place: Pointer, index: Value, value: Value): void {
  const { entries } = containerAt(machine, place);
  if (resolve(value) === 0n) entries.delete(identity(index));
  else entries.set(identity(index), { index, value: kept(value) });
  if (place.object.isShared) share(value);
  if (place.object.hasEscaped) letEscape(value);
  machine.recorder?.stored(machine, place, index, value);
}

/** Whether a store needs no memory: it takes an entry away, or its index has one, if only reserved. */
export function needsNoMemory({ containers }: Machine, { primitive, args }: PrimitiveCall): boolean {
  const { effect } = primitive;
  if (effect.do === 'cursor') return effect.what === 'store' && resolve(args[effect.entry!] ?? 0n) === 0n;
  if (effect.do !== 'xarray' || effect.entry === undefined || effect.index === undefined) return false;
  if (effect.what !== 'store' && effect.what !== 'exchange') return false;
  if (resolve(args[effect.entry] ?? 0n) === 0n) return true;
  const place = resolve(args[effect.array] ?? 0n);
  const container = place instanceof Pointer ? containers.get(place.object)?.get(place.key) : undefined;
  return container?.entries.has(identity(args[effect.index] ?? 0n)) ?? false;
}

/** The entry at an index; whether an unknown container has one is a choice. */
export function lookUp(
  machine: Machine,
  place: Pointer,
  container: Container,
  index: Value,
  { primitive, each }: PrimitiveCall,
): Value {
  const key = identity(index);
  const known = container.entries.get(key);
  if (known) return known.value;
  if (!container.isUnknown || container.absent.has(key)) return 0n;
  const name = `${placeWords(place)}[${typeof resolve(index) === 'bigint' ? String(resolve(index)) : 'index'}]`;
  const { effect } = primitive;
  const wants = (effect.do === 'xarray' || effect.do === 'cursor') && effect.what === 'load';
  const words = wants
    ? [`${name} is there`, `${name} is not there`]
    : [`${name} is free`, `${name} is taken`];
  const taken = machine.choose('unknown', words, machine.site);
  if ((taken === 0) !== wants) {
    container.absent.add(key);
    return machine.nothing('environment', `${name} is not there`);
  }
  const value = entryOf(machine, name, each.type);
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

/** xa_find() looks from an index on, xa_find_after() behind it; where indices are not known the first entry is found. */
function found(machine: Machine, effect: EffectOf<'xarray'>, call: PrimitiveCall, place: Pointer): Value {
  const out = effect.index === undefined ? null : resolve(argument(call, effect.index));
  const from = out instanceof Pointer ? resolve(readCell(machine, out, Scalar.U64, '')) : null;
  const entry = entryAfter(machine, place, positionAt(from, effect.what === 'find-after'), call.each.type);
  if (!entry) return 0n;
  if (out instanceof Pointer) writeCell(machine, out, 8, entry.index);
  return entry.value;
}

/** Before an index, or behind it. */
export function positionAt(index: Value | null, isAfter: boolean): Position {
  if (typeof index !== 'bigint') return START;
  return { last: isAfter ? index : index - 1n, seen: NOT_SEEN };
}

const NOT_SEEN: ReadonlySet<string> = new Set();

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
  container.entries.set(identity(index), { index, value: kept(entry) });
  if (place.object.isShared) share(entry);
  machine.recorder?.stored(machine, place, index, entry);
  if (effect.givesId) return index;
  const out = effect.index === undefined ? null : follow(machine, argument(call, effect.index), 'writes');
  if (out) writeCell(machine, out, 4, index);
  return 0n;
}
