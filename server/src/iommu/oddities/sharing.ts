/** Who may be there beside a function, and which locks keep them apart. */
import type { Bodies, Body } from '../body.js';
import type { KnownFunction } from '../program.js';
import { locksOfCallers, tail } from './touches.js';

/** Whether by its name it runs before anybody else is there, whatever it does. */
export function isRunFirst({ item }: KnownFunction): boolean {
  return /init|probe|setup/.test(item.name) || item.attributes.some(({ name }) => /init/.test(name));
}

/** What is done to an object that is not out yet or no more, or that a lock is not for. */
const ALONE = /alloc|create|free|release|remove|destroy|open|exit|fini|show|debugfs|cleanup|teardown/;

/**
 * Whether by its name nobody runs beside a function that touches a member of an object, or a variable of the file
 * (`what`): `toy_remove()` and `remove_toy()` do not for `struct toy`, `toy_remove_bond()` may.
 */
export function isRunAlone(fn: KnownFunction, what: string): boolean {
  const { item } = fn;
  if (isRunFirst(fn) || item.attributes.some(({ name }) => /exit/.test(name))) return true;
  const words = item.name.split('_').filter((word) => word !== '');
  const verb = words.findLastIndex((word) => ALONE.test(word));
  if (verb < 0) return false;
  const done = words.slice(verb + 1).at(-1);
  const owner = /^struct (\w+)\./.exec(what)?.[1]?.split('_') ?? [];
  return owner.length === 0 || done === undefined || owner.some((word) => word.endsWith(done));
}

/** Whether somebody of the file on the way to it may hold the lock. */
export function mayBeUnderLock(body: Body, bodies: Bodies, lock: string, depth: number): boolean {
  if (body.fn.words.match(/^lockdep_assert/)) return true;
  if (locksOfCallers(body, bodies).map(tail).includes(tail(lock))) return true;
  if (depth === 0) return false;
  return bodies.program
    .callersOf(body.fn)
    .some((caller) => caller !== body.fn && mayBeUnderLock(bodies.of(caller), bodies, lock, depth - 1));
}

/** The locks that an object with the member brings along. */
export function locksOf(what: string, body: Body, bodies: Bodies): readonly string[] {
  const view = bodies.program.structNamed(what.slice(0, what.indexOf('.')), body.fn.unit);
  return (view?.fields ?? []).flatMap(({ item }) =>
    /^(?:struct mutex|spinlock_t|raw_spinlock_t|struct rw_semaphore|rwlock_t)$/.test(item.type.base)
      ? [item.name]
      : [],
  );
}
