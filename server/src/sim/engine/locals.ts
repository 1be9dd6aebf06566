/** Locals that need memory, and the writing of those that do not. */
import { Scalar } from '../../ir/index.js';
import type { MemoryObject, Pointer, Value } from '../model/index.js';
import type { Machine } from './machine.js';
import type { Frame } from './task.js';

/** Writes a local, in the frame or in its box. */
export function setLocal(machine: Machine, frame: Frame, index: number, value: Value): void {
  const { ir, boxed } = frame.procedure;
  if (!boxed[index]) {
    frame.locals[index] = value;
    return;
  }
  const local = ir.locals[index]!;
  const box = boxOf(machine, frame, index);
  if (local.kind === Scalar.Record) copyRecord(box, value, local.size);
  else box.put(0, WIDTHS[local.kind]!, value, local.name);
}

function copyRecord(box: MemoryObject, value: Value, size: number): void {
  if (typeof value === 'object' && 'region' in value && size > 0) {
    const from: Pointer = value;
    box.copyFrom(from.object, from.key, 0, size);
  } else box.refill(0, -1, 'unknown');
}

/** The memory of a local that needs some. */
export function boxOf(machine: Machine, frame: Frame, index: number): MemoryObject {
  let box = frame.boxes[index];
  if (!box) {
    const local = frame.procedure.ir.locals[index]!;
    box = local.isStatic ? staticLocal(machine, frame, index) : null!;
    box ??= machine.heap.make(machine.task.number, {
      type: local.type,
      lifetime: 'stack',
      size: local.size,
      fill: 'undefined',
      madeAt: null,
      words: local.name || 'a temporary',
    });
    frame.boxes[index] = box;
  }
  return box;
}

function staticLocal(machine: Machine, frame: Frame, index: number): MemoryObject {
  const { path, name, ir } = frame.procedure;
  const key = `${path}:${name}:${index}`;
  let object = machine.globals.get(key);
  if (!object) {
    const local = ir.locals[index]!;
    object = machine.heap.make(0, {
      type: local.type,
      lifetime: 'static',
      size: local.size,
      fill: machine.options.world === 'concrete' ? 'zero' : 'unknown',
      madeAt: null,
      words: local.name,
    });
    object.isShared = true;
    machine.globals.set(key, object);
  }
  return object;
}

/** Bytes of each kind of scalar. */
export const WIDTHS: readonly number[] = [0, 1, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 0];
