/** ERRNO: what an operation of a table gives is what the kernel asks it for. */
import { NEVER_NULL_SLOTS } from '../../kernel/index.js';
import { resolve, type Value } from '../../model/index.js';
import type { Machine } from '../machine.js';
import type { Frame } from '../task.js';

export function checkSlotResult(machine: Machine, { procedure }: Frame, result: Value): void {
  if (resolve(result) !== 0n) return;
  const slots = machine.code.slotsOf(procedure);
  const broken = NEVER_NULL_SLOTS.find(({ slot }) => slots.includes(slot));
  if (broken)
    machine.report('ERRNO', `returns NULL from ${broken.slot}, whose caller asks for an error pointer alone`);
}
