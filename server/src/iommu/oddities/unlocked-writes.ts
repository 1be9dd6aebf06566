/** What the other functions of a file touch under one lock, and one changes without it: members, variables, lists, trees. */
import type { Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { KnownFunction, Spot } from '../program.js';
import { isMadeIn } from './allocates.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { isRunAlone, isRunFirst, locksOf, mayBeUnderLock } from './sharing.js';
import { type Touch, tail, touchedElsewhere, touchesIn } from './touches.js';

export const UNLOCKED_WRITES: OddityReader = { around: [{ words: null, read: unlockedWrites }] };

function unlockedWrites(body: Body, bodies: Bodies): OddityFact[] {
  const { item, words } = body.fn;
  if (item.missing.length > 0 || words.match(/^lockdep_assert|rcu/)) return [];
  const told = new Set<string>();
  return touchesIn(body, bodies).flatMap((touch) => {
    if (!touch.isChange || touch.locks.length > 0 || told.has(touch.what)) return [];
    if (isAlone(body.fn, touch)) return [];
    told.add(touch.what);
    // One call changes the list and the entry.
    if (told.has(`${touch.at.start}`) || isMadeHere(body, touch.node)) return [];
    const lock = lockBelieved(touch, body, bodies);
    if (!lock || mayBeUnderLock(body, bodies, lock.name, 3)) return [];
    told.add(`${touch.at.start}`);
    return [
      oddity('write-without-lock', body.spot(touch.at), body.text(bare(touch.node)), {
        other: lock.name,
        related: lock.seen.slice(0, 2).map((spot) => ({ spot, message: `holds ${lock.name}` })),
      }),
    ];
  });
}

/** The lock that all others hold who touch it; null where they are few, or do not agree. */
function lockBelieved(
  touch: Touch,
  from: Body,
  bodies: Bodies,
): { readonly name: string; readonly seen: readonly Spot[] } | null {
  const { what, isContainer } = touch;
  const others = touchedElsewhere(what, from, bodies).filter(
    ({ fn, node, locks }) => !isMadeHere(bodies.of(fn), node) && (locks.length > 0 || !isAlone(fn, touch)),
  );
  const functions = new Set(others.map(({ fn }) => fn));
  if (functions.size < (isContainer || isVariable(touch) ? 2 : 3)) return null;
  if (!isContainer && !others.some(({ isChange }) => isChange)) return null;
  const lock = others[0]!.locks.find((each) =>
    others.every(({ locks }) => locks.map(tail).includes(tail(each))),
  );
  if (lock === undefined) return null;
  // A single value goes with the lock of its object, or with one that the function itself takes for other things.
  const isItsLock = isVariable(touch) ? takes(from, lock) : locksOf(what, from, bodies).includes(tail(lock));
  if (!isContainer && !isItsLock) return null;
  return {
    name: lock.replace(/^&/, ''),
    seen: others.map(({ fn, at }) => bodies.of(fn).spot(at)),
  };
}

/** A number, a flag or a pointer of the file, and no member. */
function isVariable({ what, isContainer }: Touch): boolean {
  return !isContainer && !what.includes('.');
}

/** Whether nobody runs beside a function; who makes or frees one object is not alone with a variable that is for all. */
function isAlone(fn: KnownFunction, touch: Touch): boolean {
  return isVariable(touch) ? isRunFirst(fn) : isRunAlone(fn, touch.what);
}

function takes(body: Body, lock: string): boolean {
  return body.flow.steps.some(({ mayLocks }) => mayLocks.includes(lock));
}

function bare(node: Expression): Expression {
  return node.kind === 'unary' && node.operator === '&' ? node.operand : node;
}

/** Whether the object is a local one, or was allocated here and is not out yet. */
function isMadeHere(body: Body, target: Expression): boolean {
  let object = bare(target);
  while (object.kind === 'member' || object.kind === 'index') object = object.object;
  if (object.kind !== 'name') return true;
  const { name } = object;
  if (!body.scope.isLocal(name)) return false;
  if (body.scope.typeOfName(name).pointers === 0) return true;
  return isMadeIn(body, name);
}
