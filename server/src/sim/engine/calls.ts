/** Calls and returns: primitives take effect at once, functions at hand are entered, of others little is assumed. */
import { type Instruction, Scalar } from '../../ir/index.js';
import {
  DECLARING,
  DRIVER_TABLES,
  FALLBACKS,
  FREES,
  GUARDS,
  PAIRS,
  PRIMITIVES,
  type Primitive,
} from '../kernel/index.js';
import {
  causeOf,
  ErrorValue,
  FunctionValue,
  Pointer,
  resolve,
  Undefined,
  Unknown,
  type Value,
  WHOLE,
} from '../model/index.js';
import { anything, HIGHEST, LOWEST, quote, readCell } from './access.js';
import { checkReturn } from './checks/at-end.js';
import { noteLost } from './checks/leaks.js';
import { checkLockedAgain } from './checks/locked-again.js';
import { checkMayCall, checkMayOperate } from './checks/sleep.js';
import type { Procedure } from './code.js';
import { cutShort } from './cuts.js';
import { unlockUnseen } from './effects/locking.js';
import { perform } from './effects/perform.js';
import { letEscape } from './escapes.js';
import { boxOf, setLocal } from './locals.js';
import type { Machine } from './machine.js';
import { effectsOf, forgetWritten } from './mod-sets.js';
import type { Outcome } from './operations.js';
import type { Frame } from './task.js';

/** Deeper than any kernel stack that matters here. */
const DEEPEST = 40;

export function call(machine: Machine, frame: Frame, each: Instruction): Outcome {
  const args = each.args.map((register) => frame.registers[register] ?? 0n);
  return callNamed(machine, frame, each, each.text, args);
}

/** Calls by name. `each` is the instruction that the result belongs to. */
function callNamed(
  machine: Machine,
  frame: Frame,
  each: Instruction,
  name: string,
  args: readonly Value[],
  from = frame.procedure.path,
): Outcome {
  if (frame.depth === 0) machine.ledger.calls.push({ name, args, hasLock: machine.task.held.length > 0 });
  const standIn = machine.code.standIn(name);
  if (standIn) {
    machine.recorder?.call(machine, name);
    machine.enter(machine.task, standIn, args);
    return undefined;
  }
  const pair = machine.options.world === 'open' ? PAIRS.get(name) : undefined;
  const primitive = pair ?? PRIMITIVES.get(DECLARING[name] ?? name);
  if (primitive) return callPrimitive(machine, frame, each, primitive, args);
  const procedure = machine.code.procedure(name, from);
  const fallback = FALLBACKS.get(name) ?? PAIRS.get(name);
  if (procedure && mayEnter(machine, frame, procedure)) {
    machine.recorder?.call(machine, name);
    machine.enter(machine.task, procedure, args);
    return undefined;
  }
  if (fallback) return callPrimitive(machine, frame, each, fallback, args);
  if (procedure) {
    finish(frame, each, skipped(machine, each, procedure, args));
    return undefined;
  }
  finish(frame, each, unseen(machine, each, name, args));
  return undefined;
}

function callPrimitive(
  machine: Machine,
  frame: Frame,
  each: Instruction,
  primitive: Primitive,
  args: readonly Value[],
): Outcome {
  const isIgnored = each.dst < 0 || !frame.procedure.isUsed(each.dst);
  if (primitive.effect.do === 'nothing') for (const arg of args) mayBeSet(machine, resolve(arg));
  const result = perform(machine, { primitive, args, each, isIgnored });
  if (result === 'again') return 'again';
  // A primitive that calls back gives its result when the callee returns.
  if (result !== 'later') finish(frame, each, result);
  return undefined;
}

function finish(frame: Frame, each: Instruction, result: Value): void {
  if (each.dst >= 0) frame.registers[each.dst] = result;
}

function mayEnter(machine: Machine, frame: Frame, procedure: Procedure): boolean {
  if (frame.depth >= DEEPEST) return false;
  const isLeaf = procedure.ir.code.length <= machine.options.leaf;
  return isLeaf || frame.depth < machine.options.depth;
}

/** A function that is at hand but too far down: what it may write is forgotten, its result is not known. */
function skipped(machine: Machine, each: Instruction, procedure: Procedure, args: readonly Value[]): Value {
  cutShort(machine, 'callee', `${procedure.name}() is not entered`);
  const effects = effectsOf(machine.code, procedure);
  forgetWritten(effects.members, args);
  machine.ledger.doubt(effects.puts);
  for (const arg of args) {
    letEscape(arg);
    machine.hardware.journal?.wrote(machine, 'callee', resolve(arg));
  }
  return resultOf(machine, each, `${procedure.name}()`);
}

/**
 * A function whose body is not at hand: it may fail or not, may write what it
 * was given, and frees nothing. Where all else is known it is taken to change
 * nothing that was there, and what breaks afterwards is a guess.
 */
export function unseen(machine: Machine, each: Instruction, name: string, args: readonly Value[]): Value {
  checkMayCall(machine, name, args);
  if (machine.options.world === 'open') checkLockedAgain(machine, name, args);
  if (machine.ending !== null) return 0n;
  // It may attach or detach: of what the hardware has from here on nobody knows.
  if (args.some((arg) => isOfHardware(machine, arg, !PRIMITIVES.has(name))))
    machine.end({ kind: 'stopped', why: `the code of ${name}() is not at hand` });
  const isConcrete = machine.options.world === 'concrete';
  if (!isConcrete) unlockUnseen(machine, name, args);
  // A hook that the world calls and the code does not have does nothing.
  const isHook = machine.code.isWorld(machine.frame.procedure.path);
  if (isConcrete && !isHook) cutShort(machine, 'opaque', `${name}() is not at hand`);
  for (const arg of args) {
    letEscape(arg, name);
    const known = resolve(arg);
    mayBeSet(machine, known);
    machine.hardware.journal?.wrote(machine, 'callee', known);
    if (!(known instanceof Pointer)) continue;
    if (!isConcrete || known.object.lifetime === 'stack') forgetGuesses(known);
  }
  machine.recorder?.call(machine, name);
  return resultOf(machine, each, `${name}()`);
}

/** What looks like a call may be a macro, which can set a variable that is not set yet: `for_each()` without its loop, `rdmsrl(MSR, value)`. */
function mayBeSet(machine: Machine, given: Value): void {
  if (!(given instanceof Undefined)) return;
  const { local, words } = given;
  const { frame } = machine;
  if (local?.frame !== frame.number) return;
  const { kind } = frame.procedure.ir.locals[local.index]!;
  setLocal(machine, frame, local.index, anything(machine, kind, words));
}

/** Whether a scenario's domain is passed, or a device where `isUnknown` code is called. */
function isOfHardware({ hardware }: Machine, value: Value, isUnknown: boolean): boolean {
  const known = resolve(value);
  if (!(known instanceof Pointer)) return false;
  return hardware.domains.has(known.object) || (isUnknown && hardware.member(known.object) !== null);
}

/**
 * What an unseen callee may have filled in: locals as a whole, elsewhere numbers and pointers that were NULL. A flag that
 * the code has asked for before stays what it was: it is asked again to undo what the first answer led to.
 */
function forgetGuesses({ object, key }: Pointer): void {
  if (object.lifetime === 'stack') {
    if (object.size > 0 && key === 0) object.refill(0, -1, 'unknown');
    else object.fill = 'unknown';
    return;
  }
  if (object.fill !== 'unknown') object.fill = 'unknown';
  for (const cell of [...object.cells.values()]) {
    const value = cell.value === null ? null : resolve(cell.value);
    if ((value === null || typeof value === 'bigint') && !isFlagAsked(cell.value))
      object.cells.delete(cell.key);
  }
}

function isFlagAsked(value: Value | null): boolean {
  return value instanceof Unknown && value.low === 0n && value.high === 1n;
}

function resultOf(machine: Machine, each: Instruction, words: string): Value {
  const { kind } = each;
  if (each.dst < 0 || kind === Scalar.Void) return 0n;
  const sort = kind === Scalar.Pointer ? 'result' : 'integer';
  return machine.unknown(sort, LOWEST[kind]!, HIGHEST[kind]!, words, each.type);
}

export function callIndirect(machine: Machine, frame: Frame, each: Instruction): Outcome {
  const args = each.args.map((register) => frame.registers[register] ?? 0n);
  const raw = frame.registers[each.a] ?? 0n;
  const target = resolve(raw);
  if (target instanceof FunctionValue) return callNamed(machine, frame, each, target.name, args, target.from);
  if (target === 0n && isOfDriver(machine, each)) {
    machine.end({ kind: 'stopped', why: `the simulated drivers have no ${each.slot!.member}()` });
    return undefined;
  }
  if (typeof target === 'bigint' || target instanceof ErrorValue) {
    machine.fatal(
      'DEREF',
      `calls \`${quote(machine)}\` through a pointer that is ${target === 0n ? 'NULL' : 'bad'}`,
    );
    return undefined;
  }
  const only = each.slot?.candidates.length === 1 ? each.slot.candidates[0]! : null;
  if (only && target instanceof Unknown && machine.options.world === 'open') {
    const procedure = machine.code.procedure(only, frame.procedure.path);
    if (procedure) return callNamed(machine, frame, each, only, args, procedure.path);
  }
  if (each.slot) checkMayOperate(machine, each.slot);
  const name = each.slot?.member || 'a function';
  finish(frame, each, unseen(machine, each, name, args));
  return undefined;
}

/** Whether a call goes to a driver of the simulated world, whose tables have what its time has. */
function isOfDriver({ options, hardware }: Machine, { slot }: Instruction): boolean {
  if (options.world !== 'concrete' || hardware.members.length === 0) return false;
  return slot !== null && DRIVER_TABLES.has(slot.record);
}

/** Ends a frame, gives its result to the caller, and frees its locals. */
export function returnFrom(machine: Machine, frame: Frame, each: Instruction): Outcome {
  const { task } = machine;
  const result = each.a >= 0 ? explained(machine, frame, givenBy(machine, frame, each)) : 0n;
  checkReturn(machine, frame, result);
  if (machine.ending !== null) return undefined;
  task.frames.pop();
  if (task.frames.length === 1) noteLost(machine, frame, result);
  const caller = task.frames.at(-1);
  if (caller && isOut(machine, frame, caller)) task.leftAt = frame.siteOf(each);
  const given =
    caller && frame.procedure.ir.returns === Scalar.Record ? copied(machine, caller, result) : result;
  for (const box of frame.boxes) {
    if (box?.lifetime !== 'stack') continue;
    machine.races.freed(machine, box);
    box.state = 'freed';
    box.freedAt = frame.siteOf(each);
  }
  machine.recorder?.returned(machine, frame, result);
  if (frame.afterwards) frame.afterwards(given);
  else if (caller) finish(caller, callerOf(caller), given);
  else task.result = given;
  return undefined;
}

/** What a function returns. That a callee has not set it is told of the callee. */
function givenBy(machine: Machine, frame: Frame, each: Instruction): Value {
  const value = frame.registers[each.a] ?? 0n;
  const known = resolve(value);
  const isTold = known instanceof Undefined && known.local?.frame === frame.number && frame.depth > 0;
  return isTold && machine.options.world === 'open'
    ? anything(machine, frame.procedure.ir.returns, known.words)
    : value;
}

/** Whether a return leads out of the code under review, into the scenario. */
function isOut(machine: Machine, { procedure }: Frame, caller: Frame): boolean {
  return machine.code.isWorld(caller.procedure.path) && !machine.code.isWorld(procedure.path);
}

/** A NULL that a callee gives keeps the reason: a call of it that failed, or else what was decided last. */
function explained(machine: Machine, frame: Frame, result: Value): Value {
  const isPointer = frame.procedure.ir.returns === Scalar.Pointer;
  if (!isPointer || frame.depth === 0 || resolve(result) !== 0n || causeOf(result) !== null) return result;
  const { choices } = machine;
  const words = `${frame.procedure.name}() gives NULL`;
  const last = choices.at(-1);
  if (!last) return result;
  // Where all is known, and where the callee had nothing to choose, it is no guess of ours.
  if (machine.options.world === 'concrete')
    return machine.nothing(last.kind === 'fault' ? 'fault' : 'environment', words);
  if (choices.length === frame.choicesAtEntry) return machine.nothing('tested', words);
  const failed = choices.findLastIndex(({ kind, taken }) => kind === 'fault' && taken > 0);
  if (failed < frame.choicesAtEntry) return machine.nothing('environment', words);
  const isGuess = choices
    .slice(frame.choicesAtEntry)
    .some(({ kind, cost }) => kind === 'unknown' && cost > 0);
  const reason = isGuess ? words : choices[failed]!.meanings[1]!;
  return machine.because({ ...machine.causeHere('fault', reason), choice: failed, isGuess });
}

function callerOf(caller: Frame): Instruction {
  return caller.procedure.ir.code[caller.at - 1]!;
}

/** A record that is returned is copied into the caller's local before the callee's memory goes. */
function copied(machine: Machine, caller: Frame, result: Value): Value {
  const { c } = callerOf(caller);
  const from = resolve(result);
  if (c < 0) return result;
  const box = boxOf(machine, caller, c);
  const { size } = caller.procedure.ir.locals[c]!;
  if (from instanceof Pointer && size > 0) box.copyFrom(from.object, from.key, 0, size);
  else box.refill(0, -1, 'unknown');
  return new Pointer(box, WHOLE, 0, '');
}

/** `guard(mutex)(&lock)`: takes what the class takes and remembers it for the way out. */
export function scopeEnter(machine: Machine, frame: Frame, each: Instruction): Outcome {
  const args = each.args.map((register) => frame.registers[register] ?? 0n);
  const row = GUARDS.get(each.text);
  const primitive = row && PRIMITIVES.get(row.enter);
  frame.locals[each.a] = args[0] ?? 0n;
  if (!primitive) {
    cutShort(machine, 'scope', `guard(${each.text}) is not known`);
    return undefined;
  }
  return perform(machine, { primitive, args, each, isIgnored: false }) === 'again' ? 'again' : undefined;
}

/** The end of a guard, or of a variable declared with `__free`. */
export function scopeExit(machine: Machine, frame: Frame, each: Instruction): Outcome {
  const guard = GUARDS.get(each.text);
  const name = guard?.exit ?? FREES.get(each.text);
  const primitive = name === undefined ? undefined : (PRIMITIVES.get(name) ?? FALLBACKS.get(name));
  const value = localValue(machine, frame, each.a);
  if (!guard && isNothing(value)) return undefined;
  if (!primitive) {
    if (name === undefined) cutShort(machine, 'scope', `__free(${each.text}) is not known`);
    letEscape(value);
    return undefined;
  }
  const result = perform(machine, { primitive, args: [value], each, isIgnored: true });
  return result === 'again' ? 'again' : undefined;
}

function localValue(machine: Machine, frame: Frame, index: number): Value {
  if (frame.locals[index] !== undefined) return frame.locals[index]!;
  if (!frame.procedure.boxed[index]) return 0n;
  const box = boxOf(machine, frame, index);
  return readCell(machine, new Pointer(box, WHOLE, 0, ''), Scalar.Pointer, '');
}

/** Cleanups of `__free` do nothing for NULL and error pointers. include/linux/slab.h: DEFINE_FREE(kfree, …), 6.12. */
function isNothing(value: Value): boolean {
  const known = resolve(value);
  return known === 0n || known instanceof ErrorValue;
}
