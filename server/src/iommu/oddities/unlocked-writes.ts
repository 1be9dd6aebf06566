/** What the other functions of a file touch under one lock, and one changes without it: a member, a list, a tree. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { KnownFunction, Spot } from '../program.js';
import { assignmentsIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { locksOfCallers, type Touch, tail, touchedElsewhere, touchesIn } from './touches.js';

export const UNLOCKED_WRITES: OddityReader = { around: [{ words: null, read: unlockedWrites }] };

/** Functions that nobody runs beside, because the object is not out yet or no more, or that a lock is not for. */
const ALONE =
  /init|probe|setup|alloc|create|free|release|remove|destroy|open|exit|fini|show|debugfs|cleanup|teardown/;

function unlockedWrites(body: Body, bodies: Bodies): OddityFact[] {
  const { item, words } = body.fn;
  if (item.missing.length > 0 || isAlone(body.fn) || words.match(/^lockdep_assert|rcu/)) return [];
  const told = new Set<string>();
  return touchesIn(body).flatMap((touch) => {
    if (!touch.isChange || touch.locks.length > 0 || told.has(touch.what)) return [];
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

function isAlone({ item }: KnownFunction): boolean {
  return ALONE.test(item.name) || item.attributes.some(({ name }) => /init|exit/.test(name));
}

/** Whether somebody of the file on the way to it may hold the lock. */
function mayBeUnderLock(body: Body, bodies: Bodies, lock: string, depth: number): boolean {
  if (body.fn.words.match(/^lockdep_assert/)) return true;
  if (locksOfCallers(body, bodies).map(tail).includes(tail(lock))) return true;
  if (depth === 0) return false;
  return bodies.program
    .callersOf(body.fn)
    .some((caller) => caller !== body.fn && mayBeUnderLock(bodies.of(caller), bodies, lock, depth - 1));
}

/** The lock that all others hold who touch it; null where they are few, or do not agree. */
function lockBelieved(
  { what, isContainer }: Touch,
  from: Body,
  bodies: Bodies,
): { readonly name: string; readonly seen: readonly Spot[] } | null {
  const others = touchedElsewhere(what, from, bodies).filter(
    ({ fn, node, locks }) => !isMadeHere(bodies.of(fn), node) && (locks.length > 0 || !isAlone(fn)),
  );
  const functions = new Set(others.map(({ fn }) => fn));
  if (functions.size < (isContainer ? 2 : 3)) return null;
  if (!isContainer && !others.some(({ isChange }) => isChange)) return null;
  const lock = others[0]!.locks.find((each) =>
    others.every(({ locks }) => locks.map(tail).includes(tail(each))),
  );
  // A single value goes with the lock of its object; another lock may be held for something else.
  if (lock === undefined || (!isContainer && !locksOf(what, from, bodies).includes(tail(lock)))) return null;
  return {
    name: lock.replace(/^&/, ''),
    seen: others.map(({ fn, at }) => bodies.of(fn).spot(at)),
  };
}

/** The locks that an object with the member brings along. */
function locksOf(what: string, body: Body, bodies: Bodies): readonly string[] {
  const view = bodies.program.structNamed(what.slice(0, what.indexOf('.')), body.fn.unit);
  return (view?.fields ?? []).flatMap(({ item }) =>
    /^(?:struct mutex|spinlock_t|raw_spinlock_t|struct rw_semaphore|rwlock_t)$/.test(item.type.base)
      ? [item.name]
      : [],
  );
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
  return assignmentsIn(body).some(
    ({ target: into, value }) => into === name && /alloc|create|_new/.test(calledName(value) ?? ''),
  );
}
