/** Locks: taking, waiting, giving back, and what is asserted of them. */
import { Scalar } from '../../../ir/index.js';
import type { Operand } from '../../kernel/index.js';
import {
  type Held,
  type LockMode,
  Pointer,
  placeName,
  resolve,
  Undefined,
  type Value,
} from '../../model/index.js';
import { anything, checkAlive, detailsOf, nameOf, quote, readCell, touch } from '../access.js';
import { placeKey } from '../contended.js';
import { setLocal } from '../locals.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, type PrimitiveCall, placeOf, type Result } from './perform.js';

type LockEffect = EffectOf<'lock' | 'try-lock' | 'unlock'>;

export function lockEffect(machine: Machine, effect: LockEffect, call: PrimitiveCall): Result {
  const place = placeOf(machine, call, effect.lock, effect.do === 'unlock' ? 'unlocks' : 'locks');
  if (!place || !checkAlive(machine, place, effect.do === 'unlock' ? 'unlocks' : 'locks')) return 0n;
  if (effect.do === 'unlock') {
    checkSaved(machine, call);
    return machine.ending === null ? unlock(machine, place) : 0n;
  }
  save(machine, call);
  if (effect.users && machine.task.kind === 'work') checkUsers(machine, effect.users, call);
  return lock(machine, effect, place);
}

/** What is saved of the interrupts by macros that write the variable they are given. include/linux/spinlock.h: spin_lock_irqsave(), 6.12. */
function save(machine: Machine, call: PrimitiveCall): void {
  const { local } = flagsOf(call) ?? {};
  if (local?.frame !== machine.frame.number) return;
  setLocal(machine, machine.frame, local.index, anything(machine, Scalar.U64, 'flags'));
}

/** UNINIT: interrupts are switched to what nobody has saved. */
function checkSaved(machine: Machine, call: PrimitiveCall): void {
  const flags = flagsOf(call);
  if (!flags) return;
  const words = `restores interrupts from \`${flags.words}\`, which nobody has set`;
  machine.fatal('UNINIT', words, [], detailsOf(machine, flags));
}

/** The variable for the interrupts' state, while it has not been set. */
function flagsOf({ primitive, args }: PrimitiveCall): Undefined | null {
  const at = primitive.params.indexOf('flags');
  const known = at < 0 ? undefined : resolve(args[at] ?? 0n);
  return known instanceof Undefined && known.local ? known : null;
}

/** Whether holding it forbids to sleep. */
function isSpinning({ kind }: LockEffect): boolean {
  return kind === 'spin' || kind === 'rwlock' || kind === 'seqlock';
}

function lock(machine: Machine, effect: LockEffect, place: Pointer): Result {
  const { task } = machine;
  const { object, key } = place;
  const state = machine.locks.at(object, key);
  const mine = task.held.find((each) => each.object === object && each.key === key);
  if (mine && effect.do === 'lock' && !(mine.mode === 'shared' && effect.mode === 'shared')) {
    deadlock(machine, mine, placeName(place));
    return 0n;
  }
  checkInitialised(machine, place);
  if (!state.isFree(effect.mode)) {
    if (effect.do === 'try-lock') return 0n;
    waitFor(machine, place, effect.mode, placeName(place));
    return 'again';
  }
  if (effect.do === 'try-lock') {
    const words = [`${quote(machine)} succeeds`, `${quote(machine)} fails`];
    if (mine || machine.choose('environment', words, machine.site) === 1) return 0n;
  }
  take(machine, effect, place);
  return effect.do === 'try-lock' ? 1n : 0n;
}

/** SELFDEAD: a task wants a lock that it holds. */
export function deadlock(machine: Machine, mine: Held, words: string): void {
  machine.fatal('SELFDEAD', `takes ${words} while it holds it`, [
    { site: mine.at, words: 'it was taken here' },
  ]);
}

/** The task goes on when a lock is free. */
export function waitFor(machine: Machine, { object, key }: Pointer, mode: LockMode, words: string): void {
  const state = machine.locks.at(object, key);
  machine.task.obstacle = {
    kind: 'lock',
    words: `waits for ${words}`,
    site: machine.site,
    isGone: () => state.isFree(mode),
  };
}

/** MMDEAD: a work item uses an address space that may have no users any more. */
function checkUsers(machine: Machine, operand: Operand, call: PrimitiveCall): void {
  const users = placeOf(machine, call, operand, 'reads');
  if (!users) return;
  touch(machine, users.object, users.key, false);
  if (resolve(readCell(machine, users, Scalar.I32, '')) === 0n)
    machine.report('MMDEAD', `uses ${nameOf(users.object)}, whose last user is gone`);
}

function take(machine: Machine, effect: LockEffect, place: Pointer): void {
  const { task } = machine;
  const { object, key } = place;
  const state = machine.locks.at(object, key);
  if (state.heldAtEntry === 'released') {
    // The caller's lock, dropped for a while: it is the caller's again.
    state.heldAtEntry = 'unknown';
    const name = placeName(place);
    const at = machine.ledger.entryReleases.findLastIndex(({ words }) => words === name);
    if (at >= 0) machine.ledger.entryReleases.splice(at, 1);
    return;
  }
  const held: Held = {
    object,
    key,
    mode: effect.mode,
    kind: effect.kind,
    group: groupOf(place),
    words: placeName(place),
    at: machine.outerSite,
    frame: machine.frame.number,
    disablesInterrupts: effect.irq,
  };
  // Who only tries does not wait: that order hangs nobody.
  for (const outer of effect.do === 'lock' ? task.held : []) machine.noteOrder(outer, held);
  task.held.push(held);
  if (effect.mode === 'exclusive') state.owner = task.number;
  else state.readers.push(task.number);
  state.wasTaken = true;
  if (isSpinning(effect)) machine.enterAtomic(held.at);
  touch(machine, object, key, true);
  machine.races.acquire(task, object, key);
  machine.recorder?.locked(machine, held);
}

function unlock(machine: Machine, place: Pointer): Value {
  const { task } = machine;
  const { object, key } = place;
  const at = task.held.findLastIndex((each) => each.object === object && each.key === key);
  if (at < 0) {
    releaseOfCaller(machine, place);
    return 0n;
  }
  giveBack(machine, task.held[at]!);
  return 0n;
}

/** A lock that the task holds is free again. */
function giveBack(machine: Machine, held: Held): void {
  const { task } = machine;
  const { object, key } = held;
  const state = machine.locks.at(object, key);
  task.held.splice(task.held.indexOf(held), 1);
  state.releasedAt = machine.outerSite;
  if (held.mode === 'exclusive') state.owner = 0;
  else state.readers.splice(state.readers.indexOf(task.number), 1);
  const section = task.atomic.findLastIndex((each) => each.at === held.at);
  if (section >= 0) task.atomic.splice(section, 1);
  touch(machine, object, key, true);
  machine.races.release(task, object, key);
  machine.recorder?.unlocked(machine, held);
}

/**
 * A function that is not at hand says by its name that it unlocks: the locks of the objects that it is given, else the
 * one that was taken last.
 */
export function unlockUnseen(machine: Machine, name: string, args: readonly Value[]): void {
  const { held } = machine.task;
  if (held.length === 0 || !UNLOCKS.test(name)) return;
  const given = args.map(resolve);
  const own = held.filter(({ object }) =>
    given.some((each) => each instanceof Pointer && each.object === object),
  );
  for (const each of own.length > 0 ? own : held.slice(-1)) giveBack(machine, each);
}

const UNLOCKS = /(?:^|_)unlock(?:_|$)/;

/** An unlock without a lock: the caller held it, unless this code has taken and given it back before. */
function releaseOfCaller(machine: Machine, place: Pointer): void {
  const state = machine.locks.at(place.object, place.key);
  const isOwn = state.wasTaken || place.object.madeAt !== null;
  if (machine.options.world === 'concrete' || isOwn) {
    machine.fatal('LOCKBAL', `unlocks ${placeName(place)}, which it does not hold`);
    return;
  }
  if (state.heldAtEntry === 'released') {
    machine.fatal('LOCKBAL', `unlocks ${placeName(place)} a second time`);
    return;
  }
  state.heldAtEntry = 'released';
  state.releasedAt = machine.outerSite;
  machine.ledger.entryReleases.push({ words: placeName(place), at: machine.outerSite });
}

/** A lock in memory that this run allocated must have been made one. */
function checkInitialised(machine: Machine, { object, key }: Pointer): void {
  const isOurs = object.madeAt !== null && object.lifetime !== 'stack';
  if (!isOurs || object.hasEscaped || object.fillAt(key) === 'unknown') return;
  if (machine.ledger.initialisedLocks.has(placeKey(object.id, key)) || object.cells.has(key)) return;
  machine.report('UNINIT', `takes \`${quote(machine)}\` of ${nameOf(object)} before it is initialised`);
  machine.ledger.initialisedLocks.add(placeKey(object.id, key));
}

export function lockInit(
  machine: Machine,
  effect: EffectOf<'lock-init' | 'lock-dead'>,
  call: PrimitiveCall,
): Value {
  const place = placeOf(machine, call, effect.lock, 'initialises');
  if (!place || !checkAlive(machine, place, 'initialises')) return 0n;
  if (effect.do === 'lock-init') machine.ledger.initialisedLocks.add(placeKey(place.object.id, place.key));
  return 0n;
}

/** lockdep_assert_held() and its opposite. */
export function lockHeld(machine: Machine, effect: EffectOf<'lock-held'>, call: PrimitiveCall): Value {
  const place = placeOf(machine, call, effect.lock, 'asks for');
  if (!place || !checkAlive(machine, place, 'asks for')) return 0n;
  const { object, key } = place;
  const state = machine.locks.at(object, key);
  const isHeld = machine.task.held.some((each) => each.object === object && each.key === key);
  if (isHeld === effect.isWanted) return 0n;
  // What is said to be held and is not taken here, the caller has.
  if (effect.isWanted) machine.ledger.assertsLock = true;
  if (!effect.isWanted) {
    const mine = machine.task.held.find((each) => each.object === object && each.key === key)!;
    machine.report('LOCKREQ', `${quote(machine)} says that ${placeName(place)} is not held, but it is`, [
      { site: mine.at, words: 'it was taken here' },
    ]);
    return 0n;
  }
  // Entered alone, the caller may well hold it; not when this very run has let go of it.
  if (machine.options.world === 'open' && !state.wasTaken && state.heldAtEntry !== 'released') return 0n;
  const given = state.releasedAt ? [{ site: state.releasedAt, words: 'it was given back here' }] : [];
  machine.report('LOCKREQ', `${quote(machine)} says that ${placeName(place)} is held, but it is not`, given);
  return 0n;
}

export function lockQuery(machine: Machine, effect: EffectOf<'lock-query'>, call: PrimitiveCall): Value {
  const place = resolve(argument(call, effect.lock));
  if (!(place instanceof Pointer)) return machine.unknown('integer', 0n, 1n, quote(machine));
  const isHeld = machine.task.held.some((each) => each.object === place.object && each.key === place.key);
  if (isHeld) return 1n;
  return machine.options.world === 'open' ? machine.unknown('integer', 0n, 1n, quote(machine)) : 0n;
}

/** Interrupts or preemption off and on. */
export function preempt(machine: Machine, { what }: EffectOf<'preempt'>, call: PrimitiveCall): Value {
  if (what === 'off') save(machine, call);
  else checkSaved(machine, call);
  if (machine.ending !== null) return 0n;
  if (what === 'off') machine.enterAtomic(machine.site);
  else machine.task.atomic.pop();
  return 0n;
}

/** The class of a lock: which member of which type, or which variable. */
function groupOf({ object, member }: Pointer): string {
  return object.lifetime === 'static' ? `${object.words}.${member}` : `${object.type}.${member}`;
}
