/** What the kernel makes of an operation of a table: what it asks the result for, and what it frees when that is a failure. */
import { FREED_WHEN_FAILED, NEVER_NULL_SLOTS } from '../../kernel/index.js';
import { ErrorValue, type MemoryObject, Pointer, resolve, type Value } from '../../model/index.js';
import type { Machine } from '../machine.js';
import type { Frame } from '../task.js';

/** ERRNO: what an operation gives is what its caller asks for. */
export function checkSlotResult(machine: Machine, { procedure }: Frame, result: Value): void {
  if (resolve(result) !== 0n) return;
  const slots = machine.code.slotsOf(procedure);
  const broken = NEVER_NULL_SLOTS.find(({ slot }) => slots.includes(slot));
  if (broken)
    machine.report('ERRNO', `returns NULL from ${broken.slot}, whose caller asks for an error pointer alone`);
}

/** An object that is freed by the caller of an operation that failed. */
export interface Goes {
  readonly object: MemoryObject;
  readonly words: string;
  readonly slot: string;
}

/** What the caller of an operation frees once that has failed: what hangs from it is found by nobody. */
export function goneAfter(machine: Machine, { procedure }: Frame, result: Value): Goes | null {
  if (!(resolve(result) instanceof ErrorValue)) return null;
  const slots = machine.code.slotsOf(procedure);
  const row = FREED_WHEN_FAILED.find(({ slot }) => slots.includes(slot));
  const given = row && machine.ledger.inputs[row.argument];
  const known = given === undefined ? null : resolve(given);
  if (!row || !(known instanceof Pointer)) return null;
  const cell = [...known.object.cells.values()].find(({ member }) => member === row.member);
  const held = cell?.value ? resolve(cell.value) : null;
  if (!(held instanceof Pointer)) return null;
  return { object: held.object, words: `${known.object.words}->${row.member}`, slot: row.slot };
}
