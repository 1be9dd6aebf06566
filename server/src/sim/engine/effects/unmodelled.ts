/** Primitives of which the tables know the shape and no more: properties, calls back, code that is not looked into. */
import { Scalar } from '../../../ir/index.js';
import { BUS_DEVICES, type Computed } from '../../kernel/index.js';
import { FunctionValue, identity, Pointer, resolve, Unknown, type Value } from '../../model/index.js';
import { HIGHEST, LOWEST } from '../access.js';
import { unseen } from '../calls.js';
import { letEscape } from '../escapes.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, object, type PrimitiveCall, type Result } from './perform.js';

/** A value that depends on the arguments alone: the same question has the same answer in one run. */
export function property(
  machine: Machine,
  effect: { readonly do: string; readonly computes?: Computed },
  call: PrimitiveCall,
): Value {
  const { primitive, args, each } = call;
  if (each.dst < 0) return 0n;
  const known = effect.computes ? computed(effect.computes, args[0] ?? 0n) : configured(machine, call);
  if (known !== null) return known;
  const operands = args.map((value) => resolve(value));
  if (primitive.returns === 'pointer') {
    const key = `property:${primitive.name}:${operands.map(identity).join(':')}`;
    const before = machine.ghosts.get(key) as Value | undefined;
    const made = before ?? object(machine, `${primitive.name}()`, each.type);
    machine.ghosts.set(key, made);
    return made;
  }
  const kind = each.kind;
  const isBool = primitive.returns === 'bool';
  const sort = kind === Scalar.Pointer || primitive.returns === 'pointer-or-null' ? 'pointer' : 'integer';
  const low = primitive.returns === 'unsigned' || isBool ? 0n : LOWEST[kind]!;
  const term = { operation: primitive.name, operands, bits: 64, isSigned: false };
  const result = machine.term(sort, term, low, isBool ? 1n : HIGHEST[kind]!, `${primitive.name}()`);
  if (primitive.pointee !== '') result.pointee = primitive.pointee;
  return result;
}

/** What is worked out of a number; null where the number is not known. */
function computed(what: Computed, value: Value): bigint | null {
  const known = resolve(value);
  if (typeof known !== 'bigint') return null;
  const number = BigInt.asUintN(64, known);
  if (number === 0n) return what === 'lowest-bit-from-1' || what === 'highest-bit-from-1' ? 0n : null;
  const lowest = BigInt((number & -number).toString(2).length - 1);
  const highest = BigInt(number.toString(2).length - 1);
  const isPower = lowest === highest;
  switch (what) {
    case 'lowest-bit':
      return lowest;
    case 'highest-bit':
      return highest;
    case 'lowest-bit-from-1':
      return lowest + 1n;
    case 'highest-bit-from-1':
      return highest + 1n;
    case 'power-above':
      return 1n << (isPower ? highest : highest + 1n);
    case 'power-below':
      return 1n << highest;
    default:
      return isPower ? 1n : 0n;
  }
}

/** A property of which it is known that it is 2^n - 1. */
export function maskOf(machine: Machine, effect: EffectOf<'mask'>, call: PrimitiveCall): Value {
  const value = property(machine, effect, call);
  if (value instanceof Unknown) machine.masks.add(value);
  return value;
}

/** A device is on the bus of the record that it is part of. */
export function partOf(machine: Machine, effect: EffectOf<'part-of'>, call: PrimitiveCall): Value {
  const device = resolve(argument(call, effect.device));
  const whole = device instanceof Pointer ? device.object.type : '';
  if (BUS_DEVICES.has(whole)) return whole === effect.record ? 1n : 0n;
  return property(machine, effect, call);
}

/** `IS_ENABLED(CONFIG_X)` where the configuration says. */
function configured(machine: Machine, { primitive, args }: PrimitiveCall): Value | null {
  if (primitive.effect.do !== 'config') return null;
  const option = machine.strings.textOf(args[0] ?? 0n);
  const value = option === null ? undefined : machine.options.configuration.get(option);
  return value === undefined ? null : value ? 1n : 0n;
}

/** Code that is not looked into: what it was given may have been kept and written. */
export function escaped(machine: Machine, _effect: EffectOf<'opaque'>, call: PrimitiveCall): Value {
  return unseen(machine, call.each, call.primitive.name, call.args);
}

/** Calls the function that was passed, once for each element that there may be: once. */
export function callBack(machine: Machine, effect: EffectOf<'call'>, call: PrimitiveCall): Result {
  const target = resolve(argument(call, effect.function));
  const args = effect.args.map((index) =>
    index < 0 ? object(machine, `an element of ${call.primitive.name}()`, '') : argument(call, index),
  );
  const procedure = target instanceof FunctionValue ? machine.code.procedure(target.name, target.from) : null;
  if (!procedure) {
    for (const arg of args) letEscape(arg);
    return unseen(machine, call.each, call.primitive.name, call.args);
  }
  const caller = machine.frame;
  const { dst } = call.each;
  const frame = machine.enter(machine.task, procedure, args);
  frame.afterwards = (result) => {
    if (dst >= 0) caller.registers[dst] = result;
  };
  return 'later';
}
