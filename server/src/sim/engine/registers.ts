/** What instructions read and define. */
import type { Instruction } from '../../ir/index.js';
import type { Value } from '../model/index.js';
import type { Frame } from './task.js';

/** What a register holds. */
export function get(frame: Frame, register: number): Value {
  return frame.registers[register] ?? 0n;
}

/** Gives an instruction its result. */
export function set(frame: Frame, each: Instruction, value: Value): undefined {
  if (each.dst >= 0) frame.registers[each.dst] = value;
  return undefined;
}
