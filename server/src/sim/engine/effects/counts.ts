/** Reference counters in memory, and references that are counted where the model does not look. */
import { Op, Scalar } from '../../../ir/index.js';
import {
  FunctionValue,
  Pointer,
  resolve,
  type Site,
  Undefined,
  Unknown,
  type Value,
} from '../../model/index.js';
import { checkAlive, follow, nameOf, quote, readCell, touch, writeCell } from '../access.js';
import { binary } from '../arithmetic.js';
import { decide } from '../deciding.js';
import { letEscape } from '../escapes.js';
import type { Machine } from '../machine.js';
import { forget } from './memory-effects.js';
import { noteClosed, noteOpened } from './open-files.js';
import { argument, type EffectOf, object, type PrimitiveCall, placeOf, type Result } from './perform.js';

/** Counts that were there before are at least one, and far from overflowing. */
const MOST = 1n << 30n;

export function count(machine: Machine, effect: EffectOf<'count'>, call: PrimitiveCall): Result {
  const place = placeOf(machine, call, effect.of, 'counts');
  if (!place || !checkAlive(machine, place, 'counts references of')) return 0n;
  const by = numberOf(machine, effect, call);
  if (by === null) return forget(machine, { do: 'forget', args: [Number(effect.of)] }, call);
  if (effect.what === 'set') return setTo(machine, effect, call, place);
  const value = counterAt(machine, place);
  touch(machine, place.object, place.key, true);
  switch (effect.what) {
    case 'read':
      return value;
    case 'get':
      return take(machine, effect, place, value, by, call);
    case 'get-unless-zero':
      return takeUnlessZero(machine, place, value, call);
    case 'put':
      put(machine, effect, place, value, by);
      return 0n;
    case 'put-and-test':
      return put(machine, effect, place, value, by) ? 1n : 0n;
    case 'put-and-release':
      return put(machine, effect, place, value, by) ? release(machine, effect, call, place) : 0n;
    case 'put-unless-last':
      if (decide(machine, comparedTo(machine, value, 1n), machine.site, false)) return 0n;
      put(machine, effect, place, value, by);
      return 1n;
    case 'put-if-last':
      if (!decide(machine, comparedTo(machine, value, 1n), machine.site, false)) return 0n;
      writeCell(machine, place, 4, 0n);
      return 1n;
  }
}

/** How many references at once; null where that is not known, or what was there before neither. */
function numberOf({ options }: Machine, { by = 1 }: EffectOf<'count'>, call: PrimitiveCall): bigint | null {
  if (typeof by === 'number') return BigInt(by);
  const number = resolve(argument(call, by.argument));
  return options.world === 'concrete' && typeof number === 'bigint' ? number : null;
}

function comparedTo(machine: Machine, value: Value, number: bigint): Value {
  return binary(machine, Op.Equal, Scalar.I32, value, number, Scalar.I32);
}

function setTo(machine: Machine, { to }: EffectOf<'count'>, call: PrimitiveCall, place: Pointer): Value {
  const value = to === undefined ? 1n : 'value' in to ? BigInt(to.value) : argument(call, to.argument);
  writeCell(machine, place, 4, value);
  return 0n;
}

/** The counter; an unknown one is at least one. */
function counterAt(machine: Machine, place: Pointer): Value {
  const { object: owner, key } = place;
  if (owner.at(key, 4) === null && owner.fillAt(key) === 'unknown')
    owner.put(key, 4, machine.unknown('integer', 1n, MOST, `the count of ${owner.words}`), place.member);
  const value = readCell(machine, place, Scalar.I32, '');
  const known = resolve(value);
  if (known instanceof Undefined)
    machine.fatal('UNINIT', `counts references by \`${quote(machine)}\` before the count was set`);
  return known;
}

function take(
  machine: Machine,
  { isRefcount }: EffectOf<'count'>,
  place: Pointer,
  value: Value,
  by: bigint,
  { primitive }: PrimitiveCall,
): Value {
  if (value === 0n && isRefcount) {
    machine.fatal(
      'R01',
      `${primitive.name}() takes a reference on ${nameOf(place.object)}, whose count is zero`,
    );
    return 0n;
  }
  const sum = binary(machine, Op.Add, Scalar.I32, value, by, Scalar.I32);
  machine.recorder?.counted(machine, place, value, sum);
  writeCell(machine, place, 4, sum);
  machine.acquire('reference', place, primitive.name);
  return sum;
}

function takeUnlessZero(machine: Machine, place: Pointer, value: Value, call: PrimitiveCall): Value {
  const isGone =
    typeof value === 'bigint'
      ? value === 0n
      : machine.choose('unknown', ['the count is not zero', 'the count is zero already'], machine.site) === 1;
  if (!isGone) {
    take(machine, { do: 'count', what: 'get', of: 0, isRefcount: false }, place, value, 1n, call);
    return 1n;
  }
  // Under a lock that keeps it from being freed, code may go on looking at what it could not get.
  if (machine.options.world === 'concrete' || call.isIgnored) machine.refused(place.object, call.isIgnored);
  return 0n;
}

function madeHere({ object: owner }: Pointer): { site: Site; words: string }[] {
  return owner.madeAt ? [{ site: owner.madeAt, words: 'it was made here' }] : [];
}

/** Puts; whether that was the last. */
function put(machine: Machine, effect: EffectOf<'count'>, place: Pointer, value: Value, by: bigint): boolean {
  if (typeof value === 'bigint' && value < by) {
    machine.fatal(
      'RNEG',
      `puts a reference of ${nameOf(place.object)}, whose count is ${value}`,
      madeHere(place),
    );
    return false;
  }
  const rest = binary(machine, Op.Subtract, Scalar.I32, value, by, Scalar.I32);
  machine.recorder?.counted(machine, place, value, rest);
  writeCell(machine, place, 4, rest);
  machine.ledger.release('reference', place, machine.outerSite);
  machine.races.release(machine.task, place.object, place.key);
  // Who puts without asking knows that it is not the last; only a count that is known contradicts.
  if (effect.what === 'put') {
    if (rest !== 0n) return false;
  } else if (!decide(machine, comparedTo(machine, rest, 0n), machine.site, false)) return false;
  // What others did before they put theirs is over for the one who puts the last.
  machine.races.acquire(machine.task, place.object, place.key);
  if (effect.what === 'put' && effect.isRefcount)
    machine.report(
      'RNEG',
      `${quote(machine)} puts the last reference of ${nameOf(place.object)}, and nobody frees it`,
    );
  return true;
}

/** Puts one reference of a counter that others see to. */
export function putCount(machine: Machine, place: Pointer): void {
  const effect = { do: 'count', what: 'put', of: 0, isRefcount: false } as const;
  put(machine, effect, place, counterAt(machine, place), 1n);
}

/** Calls the function that kref_put() was given. */
function release(machine: Machine, effect: EffectOf<'count'>, call: PrimitiveCall, place: Pointer): Result {
  const target = resolve(argument(call, effect.release));
  const procedure = target instanceof FunctionValue ? machine.code.procedure(target.name, target.from) : null;
  if (!procedure) {
    letEscape(place);
    return 1n;
  }
  const caller = machine.frame;
  const { dst } = call.each;
  machine.enter(machine.task, procedure, [place]).afterwards = () => {
    if (dst >= 0) caller.registers[dst] = 1n;
  };
  return 'later';
}

/** References that some subsystem counts: who takes one must put it. */
export function hold(
  machine: Machine,
  effect: EffectOf<'hold' | 'release' | 'find'>,
  call: PrimitiveCall,
): Value {
  if (effect.do === 'find') return find(machine, effect, call);
  const value = argument(call, heldArgument(effect, call));
  const known = resolve(value);
  const { returns } = call.primitive;
  const given = returns === 'pointer' || returns === 'pointer-or-null' ? value : returns === 'bool' ? 1n : 0n;
  if (known === 0n || (known instanceof Unknown && known.sort === 'integer')) return given;
  const place = typeof effect.of !== 'object' ? known : placeOf(machine, call, effect.of, 'holds');
  const target = place instanceof Pointer ? place : follow(machine, value, 'calls');
  if (!target || !checkAlive(machine, target, `${call.primitive.name}()`)) return given;
  // What is counted by others is freed by them when the count goes to zero.
  if (target.object.madeAt !== null) letEscape(target);
  if (effect.do === 'hold') machine.acquire(effect.kind, target, call.primitive.name);
  else {
    machine.ledger.release(effect.kind, target, machine.outerSite);
    noteClosed(machine, target.object);
  }
  return given;
}

function heldArgument({ of }: EffectOf<'hold' | 'release' | 'find'>, { args }: PrimitiveCall): number {
  if (of === 'last') return args.length - 1;
  return typeof of === 'number' ? of : 0;
}

/** A search that hands out a reference with what it finds. */
function find(machine: Machine, effect: EffectOf<'hold' | 'release' | 'find'>, call: PrimitiveCall): Value {
  const { primitive, each } = call;
  const words = `${primitive.name}()`;
  const from = effect.puts === undefined ? 0n : resolve(argument(call, effect.puts));
  for (const arg of call.args) letEscape(arg);
  if (from instanceof Pointer && checkAlive(machine, from, `${words} goes on from`))
    machine.ledger.release(effect.kind, from, machine.outerSite);
  const mayFail = primitive.returns === 'pointer-or-null' && primitive.failure === null;
  if (mayFail && !findsMore(machine, words, from instanceof Pointer)) {
    return machine.nothing('environment', `${words} finds nothing`);
  }
  const found = object(machine, words, each.type);
  machine.ledger.found.add(found.object);
  machine.acquire(effect.kind, found, primitive.name);
  noteOpened(machine, effect, call, found.object);
  return found;
}

/** There is one of most things: what goes on from one finds no other. */
function findsMore(machine: Machine, words: string, goesOn: boolean): boolean {
  const something = `${words} finds something`;
  const none = `${words} finds nothing`;
  const taken = machine.choose('unknown', goesOn ? [none, something] : [something, none], machine.site);
  return (taken === 0) !== goesOn;
}
