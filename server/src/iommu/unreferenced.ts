/** Objects that were found under a lock and are used when it is gone. */
import { calledName, type Expression } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { RaisedCountFact, UnreferencedFact } from './facts.js';
import { ACQUIRES, CONDITIONAL_GETS } from './kernel-api.table.js';
import type { Lookup } from './lookups.js';
import { namesIn } from './names.js';

/** Who takes a reference says so in its name; who locks the object, or takes it out, has it as well. */
const TAKES =
  /(?:^|_)(?:get|ref|inc|grab|hold|pin|tryget|claim|lock|trylock|del|remove|erase|unlink|dequeue|pop)(?:_|$)|get$/;
const COUNT_UP = new Set(['refcount_inc', 'kref_get']);
const RCU = 'rcu_read_lock';
/** How many callers above callers are asked for their locks. */
const CALLERS_ASKED = 3;

/** Lookups whose result the function returns when the lock that it took itself is given back. */
export function unreferencedIn(body: Body, lookups: readonly Lookup[], bodies: Bodies): UnreferencedFact[] {
  return lookups.flatMap((lookup) => {
    const { result } = lookup;
    const { base, pointers } = lookup.resultType;
    if (result === null || lookup.isIndirect || pointers !== 1 || !base.startsWith('struct ')) return [];
    if (body.fn.item.returns.pointers !== 1) return [];
    const lock = ownLock(body, lookup);
    if (isTaken(body, result)) return [];
    if (lock === null && !isUnprotected(body, lookup, bodies)) return [];
    const answer = body.flow.returns.find(
      ({ value, start }) => start > lookup.place.end && body.values.mayBe(value, result),
    );
    return answer ? [{ lookup, lock, handedOut: body.spot(answer) }] : [];
  });
}

/** Whether no lock is held at a lookup, here or where a caller stands; such a lookup protects itself and nothing that it finds. */
function isUnprotected(body: Body, { call, mayLocks, container }: Lookup, bodies: Bodies): boolean {
  const protectsItself = call === 'xa_load' || call === 'idr_find' || call === 'radix_tree_lookup';
  return protectsItself && !container.isOfDevice && mayLocks.length === 0 && !isCalledUnderLock(body, bodies);
}

/** The lock that is held at a lookup because this function took it, not its caller. */
function ownLock(body: Body, { locks, place }: Lookup): string | null {
  const taken = body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    if (name === null || node.kind !== 'call' || node.start > place.start) return [];
    if (name === RCU) return [RCU];
    const lock = node.args[ACQUIRES.get(name) ?? -1];
    return lock ? [body.values.plain(lock)] : [];
  });
  return taken.find((lock) => lock === RCU || locks.includes(lock)) ?? null;
}

/** Whether something in the function may keep the object. */
function isTaken(body: Body, result: string): boolean {
  const isIt = (value: Expression): boolean =>
    namesIn(value).some((name) => body.values.areSame(name, result));
  return body.flow.steps.some(({ node }) => {
    if (node.kind === 'update') return isIt(node.operand);
    if (node.kind === 'assign' && node.operator !== '=') return isIt(node.target);
    const name = node.kind === 'call' && node.callee.kind === 'member' ? node.callee.name : calledName(node);
    return node.kind === 'call' && name !== null && TAKES.test(name) && node.args.some(isIt);
  });
}

/** Whether some caller holds a lock, or says that its own caller does. */
function isCalledUnderLock(body: Body, bodies: Bodies, depth = 0): boolean {
  const { name } = body.fn.item;
  return bodies.program.callersOf(body.fn).some((fn) => {
    const caller = bodies.of(fn);
    const isHeld = caller.flow.steps.some(
      ({ node, mayLocks }) => calledName(node) === name && mayLocks.length > 0,
    );
    return isHeld || (depth < CALLERS_ASKED && isCalledUnderLock(caller, bodies, depth + 1));
  });
}

/** Counts of found objects that are raised as if they could not be zero, with no lock between finding and raising. */
export function raisedCountsIn(body: Body, lookups: readonly Lookup[], bodies: Bodies): RaisedCountFact[] {
  if (isCalledUnderLock(body, bodies)) return [];
  return lookups.flatMap((lookup) => {
    const { result } = lookup;
    if (result === null || lookup.mayLocks.length > 0) return [];
    return body.flow.steps.flatMap(({ node, mayLocks }): RaisedCountFact[] => {
      const name = calledName(node);
      if (node.kind !== 'call' || name === null || !COUNT_UP.has(name) || CONDITIONAL_GETS.has(name))
        return [];
      const [count] = node.args;
      if (!count || node.start < lookup.place.end || mayLocks.length > 0) return [];
      const isIt = namesIn(count).some((each) => body.values.areSame(each, result));
      return isIt ? [{ lookup, spot: body.spot(node), call: name, count: body.text(count) }] : [];
    });
  });
}
