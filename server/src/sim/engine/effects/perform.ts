/** What a primitive does when it is called: checks of where it is called from, injected failure, then its effect by verb. */
import { type Instruction, Scalar } from '../../../ir/index.js';
import { type Effect, ERROR_MESSAGES, type Operand, POINTED, type Primitive } from '../../kernel/index.js';
import { ErrorValue, Pointer, resolve, type Value, WHOLE } from '../../model/index.js';
import { anything, checkAlive, follow, HIGHEST, LOWEST, readCell, writeCell } from '../access.js';
import { checkMaySleep, letsSleep } from '../checks/sleep.js';
import { loseTrack } from '../escapes.js';
import type { Machine } from '../machine.js';
import { atomic } from './atomics.js';
import { bits } from './bits.js';
import { count, hold } from './counts.js';
import { cursor, noteFailure } from './cursors.js';
import { error } from './errors.js';
import { list } from './list-effects.js';
import { lockEffect, lockHeld, lockInit, lockQuery, preempt } from './locking.js';
import { alloc, copyBytes, fillBytes, forget, freeEffect, resize } from './memory-effects.js';
import { simulated } from './simulated.js';
import { ids, tree } from './storage.js';
import { io, managed, mmDrop, mmPut, notifier, rcu, wait, warn, work } from './system.js';
import { callBack, escaped, maskOf, partOf, property } from './unmodelled.js';
import { needsNoMemory, xarray } from './xarrays.js';

/** One call of a primitive. */
export interface PrimitiveCall {
  readonly primitive: Primitive;
  readonly args: readonly Value[];
  readonly each: Instruction;
  /** Whether nobody looks at the result. */
  readonly isIgnored: boolean;
}

/** `again`: the task must wait and do it anew. `later`: the result comes when a callee returns. */
export type Result = Value | 'again' | 'later';

export type EffectOf<Verb extends Effect['do']> = Extract<Effect, { do: Verb }>;
type Handler<Verb extends Effect['do']> = (
  machine: Machine,
  effect: EffectOf<Verb>,
  call: PrimitiveCall,
) => Result;

/** Does what the row says. */
export function perform(machine: Machine, call: PrimitiveCall): Result {
  const { primitive } = call;
  checkMaySleep(machine, call);
  if (primitive.mustCheck && call.isIgnored && !isErasing(call))
    machine.report('RIGN', `the result of ${primitive.name}() is ignored`);
  if (primitive.startsCounting) machine.startCounting(argument(call, 0));
  if (isRefused(call)) return failed(machine, call);
  if (
    primitive.failure &&
    !needsNoMemory(machine, call) &&
    machine.fails(`${primitive.name}()`, machine.site)
  )
    return failed(machine, call);
  machine.recorder?.primitive(machine, call);
  if (ERROR_MESSAGES.has(primitive.name)) machine.hardware.journal?.logs(machine);
  const handler = HANDLERS[primitive.effect.do] as Handler<Effect['do']>;
  return handler(machine, primitive.effect, call);
}

/** An exchange for nothing cannot fail for want of memory, and whoever erases may not care what was there. */
function isErasing(call: PrimitiveCall): boolean {
  const { effect } = call.primitive;
  return effect.do === 'xarray' && effect.entry !== undefined && resolve(argument(call, effect.entry)) === 0n;
}

/** Whether it is given NULL for what it cannot do without: then it always fails. */
function isRefused(call: PrimitiveCall): boolean {
  const refused = call.primitive.failure?.refuses;
  return refused !== undefined && resolve(argument(call, refused)) === 0n;
}

/** What a failing primitive gives, with the choice that made it fail. */
function failed(machine: Machine, call: PrimitiveCall): Value {
  const { primitive } = call;
  const { gives, errno: usual, exhausted } = primitive.failure!;
  const errno = (machine.options.areNumbersOut && exhausted) || usual;
  const cause = machine.causeHere('fault', `${primitive.name}() fails`);
  machine.recorder?.failed(machine, primitive.name);
  const { effect } = primitive;
  if (effect.do === 'hold' && effect.isHeldOnFailure) hold(machine, effect, call);
  if (effect.do === 'forget' && effect.isOnFailure) forget(machine, effect, call);
  if (effect.do === 'mapped') takeBack(machine, argument(call, effect.address));
  if (effect.do === 'cursor') noteFailure(machine, call, errno);
  switch (gives) {
    case 'error-pointer':
    case 'xa-error':
      return new ErrorValue(-BigInt(errno), gives === 'xa-error', cause);
    case 'errno':
      return -BigInt(errno);
    case 'nonzero':
      return 1n;
    default:
      return machine.nothing('fault', cause.words);
  }
}

/** No device has the memory that could not be mapped: it is the function's own again. */
function takeBack({ ledger }: Machine, address: Value): void {
  const memory = ledger.mapped.get(resolve(address));
  if (memory && memory.handedTo === null) memory.hasEscaped = false;
}

/** The value of an argument. */
export function argument({ args }: PrimitiveCall, index: number | undefined): Value {
  return index === undefined ? 0n : (args[index] ?? 0n);
}

/** The place that an operand names; null when it cannot be followed, which has been reported. */
export function placeOf(
  machine: Machine,
  call: PrimitiveCall,
  operand: Operand,
  doing: string,
): Pointer | null {
  if (typeof operand === 'number') return follow(machine, argument(call, operand), doing);
  const base = follow(machine, argument(call, operand.argument), doing);
  if (!base) return null;
  return through(machine, base, operand.record, operand.member.split('.'), doing);
}

/** Follows a path of members, through pointers where the first one is. */
function through(
  machine: Machine,
  base: Pointer,
  record: string,
  [first = '', ...rest]: readonly string[],
  doing: string,
): Pointer | null {
  const target = POINTED[`${record}.${first}`];
  const member = target === undefined ? [first, ...rest].join('.') : first;
  const offset = machine.code.offsetOf(record, member, machine.frame.procedure.path);
  const place =
    offset >= 0
      ? base.moved(offset, member)
      : new Pointer(
          base.object,
          base.object.region(base.region, base.offset, `${record}.${member}`),
          0,
          member,
        );
  if (target === undefined || rest.length === 0) return place;
  if (!checkAlive(machine, place, doing)) return null;
  const next = follow(machine, readCell(machine, place, Scalar.Pointer, target), doing);
  return next && through(machine, next, target, rest, doing);
}

/** What is known of a result by its kind alone. */
export function freshResult(machine: Machine, { primitive, each }: PrimitiveCall): Value {
  const words = `${primitive.name}()`;
  const { kind } = each;
  switch (primitive.returns) {
    case 'void':
      return 0n;
    case 'bool':
      return machine.unknown('integer', 0n, 1n, words);
    case 'errno':
      // A row that can fail has failed already when it does.
      return primitive.failure ? 0n : machine.unknown('integer', -4095n, 0n, words);
    case 'id':
      return machine.unknown('integer', primitive.failure ? 0n : -4095n, HIGHEST[Scalar.I32]!, words);
    case 'unsigned':
      if (primitive.failure?.gives === 'nonzero') return 0n;
      return machine.unknown('integer', 0n, kind === Scalar.Void ? 0n : (HIGHEST[kind] ?? 0n), words);
    case 'pointer':
      return object(machine, words, each.type);
    case 'pointer-or-null':
      if (primitive.failure) return object(machine, words, each.type);
      return machine.unknown('pointer', LOWEST[Scalar.Pointer]!, HIGHEST[Scalar.Pointer]!, words, each.type);
    default:
      return anything(machine, kind, words, each.type);
  }
}

/** A valid pointer to something that was there before. */
export function object(machine: Machine, words: string, type: string): Pointer {
  const made = machine.heap.make(machine.task.number, {
    type,
    lifetime: 'given',
    size: -1,
    fill: 'unknown',
    madeAt: null,
    words,
  });
  made.isShared = true;
  return new Pointer(made, WHOLE, 0, '');
}

const nothing = (): Value => 0n;

const HANDLERS: { readonly [Verb in Effect['do']]: Handler<Verb> } = {
  nothing,
  fresh: (machine, { maps }, call) => {
    const memory = resolve(argument(call, maps));
    const isOwn = memory instanceof Pointer && !memory.object.hasEscaped;
    // An address that hardware or a table was given: nobody here sees who keeps it.
    if (call.each.dst >= 0) for (const arg of call.args) loseTrack(arg);
    const result = freshResult(machine, call);
    if (isOwn) machine.ledger.mapped.set(result, memory.object);
    return result;
  },
  mapped: () => 0n,
  pure: property,
  'may-sleep': (machine, { gfp }, call) => letsSleep(machine, argument(call, gfp)),
  mask: maskOf,
  'part-of': partOf,
  config: property,
  offset: property,
  opaque: escaped,
  argument: (_, effect, call) => argument(call, effect.argument),
  constant: (_, { value }) => BigInt(value),
  alloc,
  free: freeEffect,
  resize,
  fill: fillBytes,
  copy: copyBytes,
  forget,
  lock: lockEffect,
  'try-lock': lockEffect,
  unlock: lockEffect,
  'lock-init': lockInit,
  'lock-dead': lockInit,
  'lock-held': lockHeld,
  'lock-query': lockQuery,
  preempt,
  count,
  hold,
  release: hold,
  find: hold,
  atomic,
  list,
  xarray,
  cursor,
  ids,
  tree,
  work,
  wait,
  rcu,
  notifier,
  error,
  bits,
  sleeps: nothing,
  yield: nothing,
  stop: (machine) => {
    machine.end({ kind: 'finished' });
    return 0n;
  },
  warn,
  load: (machine, { from, width }, call) => loadMember(machine, from, width, call),
  store: (machine, { to, value, width }, call) => storeMember(machine, to, value, width, call),
  io,
  call: callBack,
  managed,
  simulated,
  'mm-put': mmPut,
  'mm-drop': mmDrop,
};

/** A member that a getter reads: pointers by the type that the call gives. */
function loadMember(machine: Machine, from: Operand, width: number, call: PrimitiveCall): Value {
  const place = placeOf(machine, call, from, 'reads');
  if (!place || !checkAlive(machine, place, 'reads')) return 0n;
  const kind = width === 8 ? (call.each.kind === Scalar.Void ? Scalar.Pointer : call.each.kind) : Scalar.U32;
  return readCell(machine, place, kind, call.each.type);
}

function storeMember(
  machine: Machine,
  to: Operand,
  value: number,
  width: number,
  call: PrimitiveCall,
): Value {
  const place = placeOf(machine, call, to, 'writes');
  if (!place || !checkAlive(machine, place, 'writes')) return 0n;
  writeCell(machine, place, width, argument(call, value));
  return 0n;
}
