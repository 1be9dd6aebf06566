/** What a member points to is used without the lock under which another function frees it. */
import { type AnyNode, calledName } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { FREES } from '../kernel-api.table.js';
import type { KnownFunction, Spot } from '../program.js';
import { pointerFollowed } from './asked.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { isRunAlone, locksOf, mayBeUnderLock } from './sharing.js';
import { locksOfCallers, memberOf, type Touch, tail, touchesIn } from './touches.js';

export const UNLOCKED_USES: OddityReader = { around: [{ words: null, read: unlockedUses }] };

function unlockedUses(body: Body, bodies: Bodies): OddityFact[] {
  const { item, words } = body.fn;
  if (item.missing.length > 0 || words.match(/^lockdep_assert|rcu|^refcount_|^kref_/)) return [];
  const told = new Set<string>();
  return touchesIn(body, bodies).flatMap((touch) => {
    if (touch.isChange || touch.isContainer || touch.locks.length > 0 || told.has(touch.what)) return [];
    told.add(touch.what);
    if (isRunAlone(body.fn, touch.what)) return [];
    if (!isUsed(touch.what, body, bodies)) return [];
    const lock = lockOfFree(touch, body, bodies);
    if (!lock || mayBeUnderLock(body, bodies, lock.name, 3)) return [];
    return [
      oddity('use-beside-free', body.spot(touch.at), body.text(touch.node), {
        other: lock.name,
        related: [{ spot: lock.spot, message: `freed under ${lock.name}` }],
      }),
    ];
  });
}

/** Whether what the member points to is followed here, or by a function of the file that is called here. */
function isUsed(what: string, body: Body, bodies: Bodies): boolean {
  if (follows(what, body)) return true;
  return body.flow.steps.some(({ node }) => {
    const name = calledName(node);
    const callee = name === null ? null : bodies.program.definitionOf(name, body.fn.unit);
    return callee !== null && callee.unit === body.fn.unit && follows(what, bodies.of(callee));
  });
}

function follows(what: string, body: Body): boolean {
  return body.flow.steps.some(({ node }) => {
    const pointer = pointerFollowed(node);
    return pointer !== null && nameOf(body, pointer) === what;
  });
}

function nameOf(body: Body, node: AnyNode): string | null {
  if (node.kind !== 'member') return null;
  const member = memberOf(body, node);
  return member && `${member.struct}.${member.field}`;
}

/** The lock of the object that every function of the file holds which frees the member and lets the object live; null for none. */
function lockOfFree(
  { what }: Touch,
  from: Body,
  bodies: Bodies,
): { readonly name: string; readonly spot: Spot } | null {
  const own = locksOf(what, from, bodies);
  if (own.length === 0) return null;
  const frees = bodies.program
    .definitionsIn(from.fn.unit)
    .flatMap((fn) => freesIn(what, fn, bodies))
    .filter(({ fn, locks }) => locks.length > 0 || !isRunAlone(fn, what));
  const [first] = frees;
  if (!first || frees.some(({ fn }) => fn === from.fn)) return null;
  const name = first.locks.find(
    (each) => own.includes(tail(each)) && frees.every(({ locks }) => locks.map(tail).includes(tail(each))),
  );
  return name === undefined ? null : { name: name.replace(/^&/, ''), spot: first.spot };
}

function freesIn(
  what: string,
  fn: KnownFunction,
  bodies: Bodies,
): readonly { readonly fn: KnownFunction; readonly locks: readonly string[]; readonly spot: Spot }[] {
  if (!fn.words.all.has(what.slice(what.indexOf('.') + 1)) || !fn.words.match(/free/)) return [];
  const body = bodies.of(fn);
  return body.flow.steps.flatMap(({ node, mayLocks }) => {
    if (node.kind !== 'call' || !FREES.has(calledName(node) ?? '')) return [];
    if (!node.args.some((arg) => nameOf(body, arg) === what)) return [];
    const locks = mayLocks.length > 0 ? mayLocks : locksOfCallers(body, bodies);
    return [{ fn, locks, spot: body.spot(node) }];
  });
}
