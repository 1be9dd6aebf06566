/** How calls of `simulated_` functions are read, and where what they show is told. */
import { type MemoryObject, Pointer, resolve, type Site, type Value } from '../../model/index.js';
import type { Machine } from '../machine.js';
import type { MonitorId } from '../monitors.js';
import { argument, type PrimitiveCall } from './perform.js';

export type Action = (machine: Machine, call: PrimitiveCall) => Value;

export function objectOf(call: PrimitiveCall, index: number): MemoryObject | null {
  const known = resolve(argument(call, index));
  return known instanceof Pointer ? known.object : null;
}

/** A number of so many bits; 0 for what is not known. */
export function numberOf(value: Value, bits = 32): bigint {
  const known = resolve(value);
  return typeof known === 'bigint' ? BigInt.asUintN(bits, known) : 0n;
}

/** The innermost place in the code under review: the world around it is taken to be right. */
export function whereInCode(machine: Machine): Site {
  const { frames } = machine.task;
  for (let depth = frames.length - 1; depth >= 0; depth--) {
    const frame = frames[depth]!;
    if (!machine.code.isWorld(frame.procedure.path)) return frame.site;
  }
  return machine.task.leftAt ?? machine.site;
}

export function breach(
  machine: Machine,
  monitor: MonitorId,
  words: string,
  related: { readonly site: Site; readonly words: string }[] = [],
): void {
  machine.report(monitor, words, related, { site: whereInCode(machine) });
}
