/** What the other functions of a file touch under one lock, and one changes without it: a member, a list, a tree. */
import type { Span } from '../../base/index.js';
import { type AnyNode, calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { WALKS } from '../kernel-api.table.js';
import type { KnownFunction, Spot } from '../program.js';
import { assignmentsIn } from '../shapes.js';
import { locksOfCallers, memberOf } from './locks.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const UNLOCKED_WRITES: OddityReader = { around: [{ words: null, read: unlockedWrites }] };

/** Functions that nobody runs beside, because the object is not out yet or no more, or that a lock is not for. */
const ALONE =
  /init|probe|setup|alloc|create|free|release|remove|destroy|open|exit|fini|show|debugfs|cleanup|teardown/;

/** Something shared that a function touches. */
interface Touch {
  /** `struct toy.bonds`, or the name of a variable of the file. */
  readonly what: string;
  /** Words by which a function that touches it is known. */
  readonly word: string;
  readonly node: Expression;
  /** The access, as the nodes of the body have it. */
  readonly at: Span;
  readonly isChange: boolean;
  /** Whether it holds objects, and is not a single value. */
  readonly isContainer: boolean;
  readonly locks: readonly string[];
}

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
  { what, word, isContainer }: Touch,
  from: Body,
  bodies: Bodies,
): { readonly name: string; readonly seen: readonly Spot[] } | null {
  const others = bodies.program.definitionsIn(from.fn.unit).flatMap((fn) => {
    if (fn === from.fn || !fn.words.all.has(word)) return [];
    const body = bodies.of(fn);
    return touchesIn(body)
      .filter((each) => each.what === what && !isMadeHere(body, each.node))
      .map((each) => ({
        ...each,
        fn,
        locks: each.locks.length > 0 ? each.locks : locksOfCallers(body, bodies),
      }))
      .filter(({ locks }) => locks.length > 0 || !isAlone(fn));
  });
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

/** `mutex` of `&group->mutex`. */
function tail(lock: string): string {
  return /\w+$/.exec(lock)?.[0] ?? lock;
}

/** Calls that change what holds objects, but for those that take a lock themselves; and those that only look. */
const CHANGES =
  /^(?:__)?(?:list_(?:add|del|move|splice|replace|cut)\w*|rb_(?:insert_color|erase|link_node|find_add|add|replace_node)\w*|hlist_(?:add|del)\w*|hash_(?:add|del)|interval_tree_(?:insert|remove))$/;
const LOOKS =
  /^(?:list_(?:empty|first_entry\w*|last_entry\w*|is_singular)|rb_(?:first|last|find)|interval_tree_iter_first)$/;

/** All that the function touches; without the calls of others. */
function touchesIn(body: Body): readonly Touch[] {
  return body.kept(touchesIn, () => {
    const written = new Set<AnyNode>();
    const addressed = new Set<AnyNode>();
    for (const { node } of body.flow.steps) {
      if (node.kind === 'assign') written.add(node.target);
      if (node.kind === 'unary' && node.operator === '&') addressed.add(node.operand);
    }
    const steps = body.flow.steps.flatMap(({ node, mayLocks }): Touch[] => {
      if (node.kind === 'member' && !addressed.has(node)) {
        const member = memberOf(body, node);
        if (!member) return [];
        const what = `${member.struct}.${member.field}`;
        return [touch(node, node, what, written.has(node), false, mayLocks)];
      }
      if (node.kind !== 'call') return [];
      const name = calledName(node) ?? '';
      if (!CHANGES.test(name) && !LOOKS.test(name)) return [];
      return [...node.args].reverse().flatMap((arg) => {
        const what = containerOf(body, arg);
        return what ? [touch(arg, node, what, CHANGES.test(name), true, mayLocks)] : [];
      });
    });
    const walks = body.flow.walks.flatMap(({ form, args, mayLocks, start, end }): Touch[] => {
      const row = WALKS.get(form);
      const container = row && args[row.container];
      const what = container && containerOf(body, container);
      // Entries may be taken out on the way.
      const isChange = form.includes('_safe');
      return container && what ? [touch(container, { start, end }, what, isChange, true, mayLocks)] : [];
    });
    return [...steps, ...walks];
  });
}

function touch(
  node: Expression,
  at: Span,
  what: string,
  isChange: boolean,
  isContainer: boolean,
  locks: readonly string[],
): Touch {
  const word = what.slice(what.indexOf('.') + 1);
  return { what, word, node, at, isChange, isContainer, locks };
}

/** `struct toy.bonds` for `&toy->bonds`, `toys` for `&toys`, where that is a variable of the file. */
function containerOf(body: Body, value: Expression): string | null {
  if (value.kind !== 'unary' || value.operator !== '&') return null;
  const member = memberOf(body, value);
  if (member) return `${member.struct}.${member.field}`;
  const { operand } = value;
  return operand.kind === 'name' && !body.scope.isLocal(operand.name) ? operand.name : null;
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
