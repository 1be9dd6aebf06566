/**
 * CHECKSET: a slot that others reach is found empty and then filled, with no
 * lock over the two. LATESET: such a slot is filled under a lock, and what goes
 * with it is set when the lock is given back. One task tells it; what another
 * one could do in between need not be run. Whether a lock is wanted is asked of
 * the code around, when the runs are over.
 */
import { type Instruction, Scalar } from '../../../ir/index.js';
import {
  ErrorValue,
  type Held,
  type MemoryObject,
  Pointer,
  placeName,
  resolve,
  type Site,
  Unknown,
  type Value,
  WHOLE,
} from '../../model/index.js';
import { placeKey } from '../contended.js';
import type { Machine } from '../machine.js';

/** That a pointer was read from a slot. */
export interface Look {
  readonly value: Value;
  readonly held: readonly Held[];
  readonly site: Site;
}

/** A slot that was found empty and filled under a lock of its own object: others wait, and then find it full. */
export interface Claim {
  readonly lock: Held;
  readonly slot: string;
  readonly words: string;
  readonly site: Site;
}

/** Notes a look into a slot that others can reach. */
export function noteLook(machine: Machine, place: Pointer, value: Value): void {
  if (!isWatched(machine, place)) return;
  machine.ledger.looks.set(slotOf(place), { value, held: [...machine.task.held], site: machine.site });
}

/** Holds a write of a slot against the last look into it. */
export function checkFilled(machine: Machine, place: Pointer, each: Instruction, value: Value): void {
  if (each.kind !== Scalar.Pointer || !isWatched(machine, place)) return;
  if (each.order !== 'release') checkLate(machine, place, value);
  const look = machine.ledger.looks.get(slotOf(place));
  const filler = resolve(value);
  if (!look || !wasFoundEmpty(look.value) || filler === 0n || filler instanceof ErrorValue) return;
  const over = look.held.filter((each) => machine.task.held.includes(each));
  for (const lock of over) if (lock.object === place.object) claim(machine, place, lock);
  if (machine.ledger.assertsLock || over.some(({ object }) => !isSame(object, filler))) return;
  const [own] = over;
  const words = own ? `under ${own.words} alone, a lock of what it stores` : 'with no lock over the two';
  machine.report(
    'CHECKSET',
    `finds ${placeName(place)} empty and fills it ${words}`,
    [{ site: look.site, words: 'it is looked at here' }],
    {
      assumes: ['two tasks come here at once'],
      hangsOn: { kind: 'lock', types: own ? null : ownersOf(machine, place) },
    },
  );
}

function claim(machine: Machine, place: Pointer, lock: Held): void {
  const { claims } = machine.ledger;
  const known = claims.get(place.object) ?? [];
  claims.set(place.object, known);
  known.push({ lock, slot: slotOf(place), words: placeName(place), site: machine.site });
}

/** Whoever waited for the lock finds the object claimed and goes on with what is not set yet. */
function checkLate(machine: Machine, place: Pointer, value: Value): void {
  const { held } = machine.task;
  const claims = machine.ledger.claims.get(place.object) ?? [];
  const made = claims.find(({ lock, slot }) => !held.includes(lock) && slot !== slotOf(place));
  if (!made || held.some(({ object }) => object === place.object) || resolve(value) === 0n) return;
  machine.report(
    'LATESET',
    `sets ${placeName(place)} after it gave back ${made.lock.words}, under which ${made.words} already tells others that all is done`,
    [{ site: made.site, words: `${made.words} is set here` }],
    { assumes: ['another task waits for the lock'] },
  );
}

/** A lock of the very object that is stored keeps nobody out who stores another one. */
function isSame(object: MemoryObject, filler: Value): boolean {
  return filler instanceof Pointer && filler.object === object;
}

function wasFoundEmpty(value: Value): boolean {
  return value instanceof Unknown && value.cause?.kind === 'tested' && resolve(value) === 0n;
}

function isWatched({ options }: Machine, { object }: Pointer): boolean {
  return options.world === 'open' && object.lifetime === 'given' && object.madeAt === null;
}

function slotOf({ object, key }: Pointer): string {
  return placeKey(object.id, key);
}

/** Types of which a lock would do: that of the object, and of an element that of who has the array. */
function ownersOf({ heap }: Machine, { object, region }: Pointer): string[] {
  const holders = heap.objects.filter((each) =>
    [...each.cells.values()].some(({ value }) => {
      const known = value === null ? null : resolve(value);
      return known instanceof Pointer && known.object === object;
    }),
  );
  const isElement = region !== WHOLE;
  return [object, ...(isElement ? holders : [])].map(({ type }) => type);
}
