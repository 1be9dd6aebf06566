/** Loads and stores of bitfields. Bits of a unit that is not known are kept by their place within it. */
import { extractBits, type Instruction, Scalar, wrap } from '../../ir/index.js';
import { Pointer, resolve } from '../model/index.js';
import { checkAlive, follow, touch } from './access.js';
import { noteFollowed } from './checks/late-checks.js';
import type { Machine } from './machine.js';
import { get, set } from './registers.js';
import type { Frame } from './task.js';

export function loadBits(machine: Machine, frame: Frame, each: Instruction): undefined {
  const pointer = follow(machine, get(frame, each.a), 'reads');
  if (!pointer || !checkAlive(machine, pointer, 'reads')) return set(frame, each, 0n);
  const { offset, width } = each.bits!;
  const { object, key } = pointer;
  machine.races.access(machine, pointer, false, false);
  noteFollowed(machine, pointer);
  if (object.isShared) touch(machine, object, key, false);
  const unit = object.assemble(key, Math.ceil((offset + width) / 8));
  if (unit !== null) return set(frame, each, wrap(each.kind, extractBits(each.from, unit, offset, width)));
  if (object.fillAt(key) === 'numberless' && object.at(key, 1) === null) return set(frame, each, 0n);
  // Bits of an unknown unit are kept by their own place within it.
  const region = object.region(pointer.region, pointer.offset, `bits ${offset}`);
  const cell = object.at(region.key, 8);
  if (cell && cell !== 'mixed') return set(frame, each, cell.value!);
  const high = each.kind === Scalar.Bool ? 1n : (1n << BigInt(Math.min(width, 62))) - 1n;
  const made = machine.alike.valueAt(machine, new Pointer(object, region, 0, pointer.member), each.kind, () =>
    machine.unknown('integer', 0n, high, `${object.words}->${pointer.member}`),
  );
  object.put(region.key, 8, made, pointer.member);
  return set(frame, each, made);
}

export function storeBits(machine: Machine, frame: Frame, each: Instruction): undefined {
  const pointer = follow(machine, get(frame, each.a), 'writes');
  if (!pointer || !checkAlive(machine, pointer, 'writes')) return undefined;
  const { offset, width } = each.bits!;
  const { object, key } = pointer;
  machine.races.access(machine, pointer, true, false);
  noteFollowed(machine, pointer);
  if (object.isShared) touch(machine, object, key, true);
  const size = Math.ceil((offset + width) / 8);
  const value = resolve(get(frame, each.b));
  const unit = object.assemble(key, size);
  if (unit === null || typeof value !== 'bigint') {
    // Bits that were known as part of a number are not known any more.
    if (unit !== null) object.refill(key, size, 'unknown');
    const region = object.region(pointer.region, pointer.offset, `bits ${offset}`);
    object.put(region.key, 8, value, pointer.member);
    return undefined;
  }
  const mask = ((1n << BigInt(width)) - 1n) << BigInt(offset);
  const bits = (unit & ~mask) | ((value << BigInt(offset)) & mask);
  object.clear(key, size);
  for (let at = 0; at < size; at++) object.put(key + at, 1, (bits >> BigInt(8 * at)) & 255n, pointer.member);
  return undefined;
}
