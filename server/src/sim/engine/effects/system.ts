/** Work, waiting, grace periods, notifiers, warnings, registers, memory that a device manages. */
import { Scalar } from '../../../ir/index.js';
import { FunctionValue, Pointer, placeName, resolve, Unknown, type Value } from '../../model/index.js';
import { anything, checkAlive, follow, quote, touch, writeCell } from '../access.js';
import { placeKey } from '../contended.js';
import { learn } from '../deciding.js';
import { letEscape } from '../escapes.js';
import { truthOf } from '../knowledge.js';
import type { Machine } from '../machine.js';
import type { Task } from '../task.js';
import { putCount } from './counts.js';
import { free } from './memory-effects.js';
import { argument, type EffectOf, freshResult, type PrimitiveCall, placeOf, type Result } from './perform.js';

// ---- work items and callbacks

export function work(machine: Machine, effect: EffectOf<'work'>, call: PrimitiveCall): Result {
  const { what } = effect;
  if (what === 'rcu-barrier') return waitForTasks(machine, (task) => task.kind === 'callback', 'callbacks');
  if (what === 'flush-all') return waitForTasks(machine, (task) => task.kind === 'work', 'all work');
  const place = follow(machine, argument(call, effect.work), 'uses the work of');
  if (!place || !checkAlive(machine, place, 'uses the work of')) return 0n;
  const key = placeKey(place.object.id, place.key);
  switch (what) {
    case 'init':
      machine.ghosts.set(`work ${key}`, argument(call, effect.function));
      return 0n;
    case 'queue':
      return queue(machine, place, key);
    case 'call-rcu':
      return callRcu(machine, place, argument(call, effect.function));
    case 'cancel':
    case 'cancel-sync':
    case 'flush': {
      if (what !== 'flush') dequeue(machine, key);
      if (what === 'cancel') return 1n;
      return waitForTasks(machine, (task) => task.name === `work ${key}`, 'its work');
    }
    default:
      return 0n;
  }
}

function queue(machine: Machine, place: Pointer, key: string): Value {
  const target = resolve((machine.ghosts.get(`work ${key}`) as Value | undefined) ?? 0n);
  const isQueued = machine.tasks.some(
    ({ name, programme, isDone }) => name === `work ${key}` && !isDone && programme.length > 0,
  );
  if (isQueued) return 0n;
  if (machine.options.world === 'open' || !(target instanceof FunctionValue)) {
    letEscape(place);
    return 1n;
  }
  const procedure = machine.code.procedure(target.name, target.from);
  if (!procedure) {
    letEscape(place);
    return 1n;
  }
  place.object.isShared = true;
  const task = machine.newTask(`work ${key}`, 'work', [{ procedure, args: [place] }]);
  task.words = `${target.name}()`;
  task.isOfRequest = machine.task.isOfRequest;
  machine.races.follows(task, machine.task);
  return 1n;
}

function dequeue(machine: Machine, key: string): void {
  for (const task of machine.tasks)
    if (task.name === `work ${key}` && task.frames.length === 0 && !task.isDone) {
      task.programme.length = 0;
      task.isDone = true;
    }
}

/** Waits until every such task has ended. */
function waitForTasks(machine: Machine, which: (task: Task) => boolean, words: string): Result {
  const { task } = machine;
  if (which(task) && task.kind !== 'thread') {
    machine.fatal('FLUSHDEAD', `waits for ${words}, which is what runs here`);
    return 0n;
  }
  const pending = machine.tasks.filter((each) => each !== task && !each.isDone && which(each));
  if (pending.length === 0) {
    for (const each of machine.tasks) if (each.isDone && which(each)) machine.races.follows(task, each);
    return 0n;
  }
  task.obstacle = {
    kind: 'flush',
    words: `waits for ${words}`,
    site: machine.site,
    isGone: () => pending.every(({ isDone }) => isDone),
  };
  return 'again';
}

function callRcu(machine: Machine, place: Pointer, callback: Value): Value {
  const target = resolve(callback);
  const procedure = target instanceof FunctionValue ? machine.code.procedure(target.name, target.from) : null;
  if (!procedure) {
    letEscape(place);
    return 0n;
  }
  if (machine.options.world === 'open') {
    letEscape(place);
    return 0n;
  }
  const task = machine.newTask(`callback ${placeKey(place.object.id, place.key)}`, 'callback', [
    { procedure, args: [place] },
  ]);
  task.words = `${procedure.name}()`;
  const isOver = gracePeriod(machine);
  task.obstacle = {
    kind: 'grace-period',
    words: 'waits for a grace period',
    site: machine.site,
    isGone: isOver,
  };
  machine.races.follows(task, machine.task);
  return 0n;
}

// ---- RCU

/** Whether all read sections that are open now have ended. */
export function gracePeriod(machine: Machine): () => boolean {
  const open = machine.tasks
    .filter(({ sections }) => sections.length > 0)
    .map((task) => ({ task, left: task.sectionsLeft }));
  return () => open.every(({ task, left }) => task.sectionsLeft !== left || task.isDone);
}

export function rcu(machine: Machine, effect: EffectOf<'rcu'>, call: PrimitiveCall): Result {
  const { task } = machine;
  switch (effect.what) {
    case 'enter':
      task.sections.push(machine.outerSite);
      machine.enterAtomic(machine.site);
      return 0n;
    case 'exit':
      if (task.sections.length === 0) return unbalancedExit(machine);
      task.sections.pop();
      if (task.sections.length === 0) task.sectionsLeft++;
      task.atomic.pop();
      return 0n;
    case 'synchronize':
      return synchronise(machine);
    case 'free': {
      const value = argument(call, effect.object);
      if (resolve(value) === 0n) return 0n;
      const place = follow(machine, value, `${call.primitive.name}()`);
      if (place)
        free(
          machine,
          place,
          call.primitive.name,
          machine.tasks.some((each) => each.sections.length > 0),
        );
      return 0n;
    }
  }
}

function unbalancedExit(machine: Machine): Value {
  if (machine.options.world === 'concrete')
    machine.fatal('LOCKBAL', 'leaves a read section that it is not in');
  else machine.ledger.entryReleases.push({ words: 'the RCU read section', at: machine.outerSite });
  return 0n;
}

function synchronise(machine: Machine): Result {
  const { task } = machine;
  if (task.obstacle === null && !task.waited) {
    const isGone = gracePeriod(machine);
    if (!isGone()) {
      task.waited = true;
      task.obstacle = { kind: 'grace-period', words: 'waits for a grace period', site: machine.site, isGone };
      return 'again';
    }
  }
  task.waited = false;
  return 0n;
}

/** An object that is freed after a grace period goes when it is over. */
export function endDying(machine: Machine): void {
  for (const [object, isOver] of machine.dying) {
    if (!isOver()) continue;
    object.state = 'freed';
    machine.dying.delete(object);
  }
}

// ---- waiting

export function wait(machine: Machine, effect: EffectOf<'wait'>, call: PrimitiveCall): Result {
  if (effect.what === 'condition') return waitForCondition(machine, call);
  if (effect.what === 'wake') return 0n;
  const place = follow(machine, argument(call, effect.on), 'waits for');
  if (!place || !checkAlive(machine, place, 'waits for')) return 0n;
  const key = `completion ${placeKey(place.object.id, place.key)}`;
  const done = (machine.ghosts.get(key) as number | undefined) ?? 0;
  touch(machine, place.object, place.key, true);
  switch (effect.what) {
    case 'init':
      machine.ghosts.set(key, 0);
      return 0n;
    case 'complete':
      machine.ghosts.set(key, done + 1);
      machine.races.release(machine.task, place.object, place.key);
      return 0n;
    case 'try':
      if (done > 0) machine.ghosts.set(key, done - 1);
      return done > 0 ? 1n : 0n;
    default:
      return waitFor(machine, place, key, { done, call });
  }
}

function waitFor(
  machine: Machine,
  place: Pointer,
  key: string,
  { done, call }: { readonly done: number; readonly call: PrimitiveCall },
): Result {
  if (done > 0 || machine.options.world === 'open') {
    machine.ghosts.set(key, Math.max(0, done - 1));
    machine.races.acquire(machine.task, place.object, place.key);
    // Those with a timeout give the time that is left.
    return call.primitive.returns === 'errno' ? 0n : 1n;
  }
  machine.task.obstacle = {
    kind: 'wait',
    words: `waits for ${placeName(place)}`,
    site: machine.site,
    isGone: () => ((machine.ghosts.get(key) as number | undefined) ?? 0) > 0,
  };
  return 'again';
}

/** wait_event(): when it returns, the condition holds. */
function waitForCondition(machine: Machine, call: PrimitiveCall): Value {
  const condition = call.args[1] ?? 1n;
  if (truthOf(condition) === null) learn(machine, condition, true);
  return call.primitive.returns === 'void' ? 0n : freshResult(machine, call);
}

// ---- mm and notifiers

export function notifier(machine: Machine, effect: EffectOf<'notifier'>, call: PrimitiveCall): Value {
  const place = resolve(argument(call, effect.notifier));
  if (place instanceof Pointer && !checkAlive(machine, place, 'uses the notifier of')) return 0n;
  if (effect.what === 'register' || effect.what === 'get') {
    if (place instanceof Pointer) letEscape(place);
  }
  return call.each.dst < 0 ? 0n : freshOrZero(machine, call);
}

function freshOrZero(machine: Machine, call: PrimitiveCall): Value {
  return call.primitive.returns === 'errno' ? 0n : freshResult(machine, call);
}

/** mmput() and mmdrop(): who calls them need not know whether it was the last. */
const putMm =
  (member: string) =>
  (machine: Machine, _effect: { readonly do: string }, call: PrimitiveCall): Value => {
    if (resolve(argument(call, 0)) === 0n) return 0n;
    const place = placeOf(machine, call, { argument: 0, record: 'struct mm_struct', member }, 'puts');
    if (place && checkAlive(machine, place, 'puts')) putCount(machine, place);
    return 0n;
  };

export const mmPut = putMm('mm_users');
export const mmDrop = putMm('mm_count');

// ---- warnings, registers, devices

/** WARN_ON(): its value is its condition. BUG_ON() does not return when that holds. */
export function warn(machine: Machine, effect: EffectOf<'warn'>, call: PrimitiveCall): Value {
  const condition = effect.condition === null ? 1n : argument(call, effect.condition);
  const known = truthOf(condition);
  const isOurs = machine.options.world === 'concrete' && resolve(condition) instanceof Unknown === false;
  if (known === true && isOurs) machine.report('WARNHIT', `\`${quote(machine)}\` comes true`);
  if (!effect.isFatal) return condition;
  if (known === true) machine.end({ kind: isOurs ? 'violated' : 'impossible' });
  else if (known === null) learn(machine, condition, false);
  return 0n;
}

export function io(machine: Machine, effect: EffectOf<'io'>, call: PrimitiveCall): Value {
  if (effect.what === 'write') {
    machine.recorder?.register(machine);
    const place = effect.place === undefined ? 0n : resolve(argument(call, effect.place));
    machine.hardware.journal?.wrote(machine, 'register', place);
    return 0n;
  }
  if (effect.what === 'read') return call.each.dst < 0 ? 0n : freshResult(machine, call);
  const out = effect.out === undefined ? null : resolve(argument(call, effect.out));
  if (out instanceof Pointer) writeCell(machine, out, 4, anything(machine, Scalar.U32, 'the register'));
  return 0n;
}

/** devm_add_action(): the device runs it when it goes. */
export function managed(_machine: Machine, effect: EffectOf<'managed'>, call: PrimitiveCall): Value {
  letEscape(argument(call, effect.data));
  return 0n;
}
