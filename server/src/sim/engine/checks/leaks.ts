/** LEAK, REFLEAK, STALE and locks at the end: what a call leaves behind, seen when it returns. */
import { Scalar } from '../../../ir/index.js';
import {
  ErrorValue,
  type MemoryObject,
  Pointer,
  placeWords,
  resolve,
  type Value,
} from '../../model/index.js';
import { nameOf } from '../access.js';
import type { Procedure } from '../code.js';
import { bearingOnLost } from '../cuts.js';
import { storedIn } from '../effects/storage.js';
import type { Machine } from '../machine.js';
import type { Frame } from '../task.js';
import { held, outside, reachableFrom } from './reach.js';
import type { Goes } from './slot-contracts.js';

/** LEAK: what was allocated can be reached by nobody. `result`: what the call gives to its caller; `goes`: what that frees then. */
export function checkLeaks(machine: Machine, result: Value, goes: Goes | null = null): void {
  if (machine.cuts.some(({ kind }) => kind !== 'empty-loop') && machine.options.world === 'concrete') return;
  const gone: ReadonlySet<MemoryObject> = new Set(goes ? [goes.object] : []);
  const seen = reachableFrom(machine, [...outside(machine), result], null, gone);
  const lost = machine.heap.objects.filter(
    (object) =>
      object.state === 'live' &&
      object.madeAt !== null &&
      (object.lifetime === 'heap' || object.lifetime === 'slab' || object.lifetime === 'page') &&
      !object.hasEscaped &&
      !seen.has(object),
  );
  // Of a structure that is lost as a whole, the part that nothing lost refers to is the cause.
  const inner = new Set(lost.flatMap((object) => [...partsOf(machine, object)]));
  const isLedTo = goes && reachableFrom(machine, [machine.pointerTo(goes.object)]);
  for (const object of lost)
    if (!inner.has(object)) reportLeak(machine, object, isLedTo?.has(object) ? goes : null);
}

function partsOf(machine: Machine, object: MemoryObject): Set<MemoryObject> {
  const parts = reachableFrom(machine, [machine.pointerTo(object)]);
  parts.delete(object);
  return parts;
}

function reportLeak(machine: Machine, object: MemoryObject, goes: Goes | null): void {
  const { made, madeWithin, lostWithin } = machine.ledger;
  const where = goes ? `, and ${goes.words} goes when ${goes.slot} fails` : '';
  machine.report(
    'LEAK',
    `${nameOf(object)} is never freed on this path${where}`,
    [{ site: object.madeAt!, words: 'it was allocated here' }],
    {
      site: object.madeAt!,
      bears: bearingOnLost(object, made.get(object) ?? 0),
      within: lostWithin.has(object) ? (madeWithin.get(object) ?? null) : null,
    },
  );
}

/** Notes what a callee of the function that was entered first has taken and leaves to nobody: that is no fault of its caller. */
export function noteLost(machine: Machine, { procedure, number }: Frame, result: Value): void {
  const { ledger, options } = machine;
  if (options.world !== 'open') return;
  const made = [...ledger.madeWithin].filter(([, within]) => within.frame === number);
  const taken = ledger.acquisitions.filter(({ within }) => within?.frame === number);
  if (made.length === 0 && taken.length === 0) return;
  const inHand = [...held(machine), result];
  const reached = reachableFrom(machine, [...outside(machine), ...inHand]);
  for (const [object] of made)
    if (object.state === 'live' && !object.hasEscaped && !reached.has(object)) ledger.lostWithin.add(object);
  const isFailure = isFailed(procedure, result);
  const handed = reachableFrom(machine, inHand);
  for (const each of taken) {
    const { object } = each.place;
    const isForgotten = ledger.found.has(object) && !ledger.kept.has(object) && !handed.has(object);
    each.isLostWithin = isFailure || isForgotten;
  }
}

/** Whether a callee says that it could not do its work. */
function isFailed({ ir }: Procedure, result: Value): boolean {
  const known = resolve(result);
  if (known instanceof ErrorValue) return true;
  if (typeof known !== 'bigint') return false;
  if (known === 0n) return ir.returns === Scalar.Pointer || ir.returns === Scalar.Bool;
  return ir.returns !== Scalar.Pointer && BigInt.asIntN(32, known) < 0n;
}

/** ERRNO: an error pointer that nobody asked for is left somewhere, and the function says that all is well. */
export function checkKeptErrors(machine: Machine): void {
  for (const object of machine.heap.objects) {
    if (object.state !== 'live' || object.lifetime === 'stack') continue;
    for (const cell of object.cells.values()) {
      const value = cell.value === null ? null : resolve(cell.value);
      if (!(value instanceof ErrorValue) || value.cause?.kind !== 'fault') continue;
      if (machine.ledger.handled.has(value)) continue;
      const site = machine.choices[value.cause.choice]?.site;
      const name = placeWords({ object, member: cell.member });
      if (site)
        machine.report(
          'ERRNO',
          `leaves an error pointer in \`${name}\` and goes on as if all were well`,
          [],
          { site },
        );
    }
  }
}

/** STALE: something that lives on refers to what was freed. */
export function checkStale(machine: Machine): void {
  const roots = machine.heap.objects.filter(
    ({ lifetime, state }) => lifetime === 'static' && state === 'live',
  );
  const live = reachableFrom(
    machine,
    roots.map((object) => machine.pointerTo(object)),
  );
  for (const object of live) {
    if (object.state !== 'live') continue;
    for (const value of storedIn(machine, object)) reportStale(machine, object, value, 'an entry');
    for (const cell of object.cells.values())
      if (cell.value !== null)
        reportStale(machine, object, cell.value, cell.member === '' ? 'it' : `\`${cell.member}\``);
  }
}

function reportStale(machine: Machine, owner: MemoryObject, value: Value, words: string): void {
  const known = resolve(value);
  if (!(known instanceof Pointer) || known.object.state !== 'freed' || known.object.lifetime === 'stack')
    return;
  const freed = known.object.freedAt!;
  machine.report(
    'STALE',
    `${words} of ${nameOf(owner)} still refers to ${nameOf(known.object)}, which is freed`,
    [],
    { site: freed },
  );
}

/** LOCKBAL in a world where all is known: a task ends and holds a lock. */
export function checkLocksHeld(machine: Machine): void {
  const { task } = machine;
  for (const held of task.held)
    machine.report(
      'LOCKBAL',
      `returns and still holds ${held.words}`,
      [{ site: held.at, words: 'it was taken here' }],
      { site: held.at },
    );
}
