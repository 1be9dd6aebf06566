/** Which checks are made when a call of a scenario or the function that is run alone returns, and when all is over. */
import { ErrorValue, resolve, Undefined, Unknown, type Value } from '../../model/index.js';
import { detailsOf } from '../access.js';
import { checkUnpinned } from '../effects/mapping.js';
import { checkAnswered } from '../effects/simulated.js';
import type { Machine } from '../machine.js';
import type { Frame } from '../task.js';
import { checkKeptErrors, checkLeaks, checkLocksHeld, checkStale } from './leaks.js';
import { checkListed } from './listed.js';
import { checkSlotResult, goneAfter } from './slot-contracts.js';

/** Checks what a call leaves behind. The frame is still there. */
export function checkReturn(machine: Machine, frame: Frame, result: Value): void {
  const { task } = machine;
  if (task.frames.length > 1 || task.number === 0) return;
  machine.results.push({ name: frame.procedure.name, value: result });
  machine.returnedAt = machine.site;
  checkSet(machine, result);
  if (machine.options.world === 'concrete') {
    if (task.programme.length === 0) checkLocksHeld(machine);
    return;
  }
  checkLeaks(machine, result, goneAfter(machine, frame, result));
  checkListed(machine);
  checkSlotResult(machine, frame, result);
  if (!isFailure(result)) checkKeptErrors(machine);
}

/** UNSETRET: what the function gives was set on other paths, and not on this one. */
function checkSet(machine: Machine, result: Value): void {
  const known = resolve(result);
  if (!(known instanceof Undefined) || !known.local) return;
  machine.report(
    'UNSETRET',
    `returns \`${known.words}\`, which nobody has set`,
    [],
    detailsOf(machine, known),
  );
}

/** All tasks have ended: nothing may be lost, nothing may point to what is gone. */
export function checkEnd(machine: Machine): void {
  if (machine.options.world !== 'concrete') return;
  machine.current = machine.tasks.at(-1) ?? null;
  checkLeaks(machine, 0n);
  checkStale(machine);
  checkAnswered(machine);
  checkUnpinned(machine);
}

function isFailure(result: Value): boolean {
  const known = resolve(result);
  if (known instanceof ErrorValue) return true;
  return typeof known === 'bigint' ? BigInt.asIntN(32, known) < 0n : known instanceof Unknown;
}
