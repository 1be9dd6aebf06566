/** Locks that come too late, or that are given back in the middle of what they are for. */
import { contains } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { ACQUIRES, RELEASES, WALKS } from '../kernel-api.table.js';
import { baseName, lastName } from '../names.js';
import { assignmentsIn, callsBelow, exitOf, ifsIn, nodesIn, sequencesIn, testOf } from '../shapes.js';
import { isMadeIn } from './allocates.js';
import { isCalledUnderLock } from './locks.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { isRunFirst } from './sharing.js';

export const DROPPED_LOCKS: OddityReader = {
  own: [walksWithGaps],
  around: [
    { words: /lock|^down/, read: testedBeforeLock },
    { words: /_dec_and_test$/, read: lastPutsBeforeLock },
  ],
};

/** `list_for_each_entry(…) { … spin_unlock(&l); f(); spin_lock(&l); }`: what the walk goes on from may be gone. */
function walksWithGaps(body: Body): OddityFact[] {
  return body.flow.walks.flatMap((walk) => {
    if (!/^h?list_for_each/.test(walk.form) || /rcu/.test(walk.form) || walk.locks.length === 0) return [];
    const cursor = cursorOf(walk.form, walk.args);
    // Who holds a reference of the entry has thought of it.
    const isHeld = nodesIn(walk.body).some(
      (node) =>
        node.kind === 'call' &&
        /(?:^|_)(?:get|hold|grab|pin|inc)(?:_|$)/.test(calledName(node) ?? '') &&
        node.args.some((each) => cursor !== null && baseName(each) === cursor),
    );
    if (isHeld) return [];
    return sequencesIn(body).flatMap((statements) => {
      if (!statements[0] || !contains(walk.body, statements[0])) return [];
      return statements.flatMap((statement, at) => {
        const lock = lockIn(body, statement, RELEASES);
        if (lock === null || !walk.locks.includes(lock)) return [];
        const rest = statements.slice(at + 1);
        const again = rest.findIndex((each) => lockIn(body, each, ACQUIRES) === lock);
        if (again < 0 || rest.slice(again).some((each) => exitOf(each) !== null)) return [];
        return [
          oddity('walk-with-gap', body.spot(statement), body.text(walk.args[0] ?? statement), {
            other: lock.replace(/^&/, ''),
          }),
        ];
      });
    });
  });
}

function cursorOf(form: string, args: readonly Expression[]): string | null {
  const row = WALKS.get(form);
  const cursor = row && args[row.cursor];
  return cursor ? lastName(cursor) : null;
}

function lockIn(body: Body, statement: Statement, table: ReadonlyMap<string, number>): string | null {
  const call = statement.kind === 'expression' ? statement.expression : null;
  const name = call && calledName(call);
  const lock = call?.kind === 'call' && name && table.has(name) ? call.args[0] : undefined;
  return lock ? body.values.plain(lock) : null;
}

/** `if (group->domain) return -EBUSY; mutex_lock(&group->lock); group->domain = d;` with no second test. */
function testedBeforeLock(body: Body, bodies: Bodies): OddityFact[] {
  if (isRunFirst(body.fn)) return [];
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const test = statement.kind === 'if' && !statement.alternative ? testOf(statement.condition) : null;
      if (statement.kind !== 'if' || !test || test.subject.kind !== 'member') return [];
      const left = exitOf(statement.consequence);
      if (left?.kind !== 'return' && left?.kind !== 'goto') return [];
      const { subject } = test;
      const text = body.values.plain(subject);
      const decided = body.flow.decisions.find(({ condition }) => condition === statement.condition);
      if (!decided || decided.locks.length > 0) return [];
      const rest = statements.slice(at + 1);
      const from = rest.findIndex((each) => lockIn(body, each, ACQUIRES) !== null);
      const lock = rest[from] ? lockIn(body, rest[from], ACQUIRES) : null;
      const lockBase = lock === null ? null : /^&?(\w+)(?:->|\.)/.exec(lock)?.[1];
      if (lock === null || lockBase === undefined || lockBase !== baseName(subject)) return [];
      const to = rest.findIndex((each, index) => index > from && lockIn(body, each, RELEASES) === lock);
      const held = rest.slice(from + 1, to < 0 ? undefined : to);
      const set = assignmentsIn(body).find(
        ({ target, at: place }) => target === text && held.some((each) => contains(each, place)),
      );
      const isAskedAgain = body.flow.decisions.some(
        ({ condition }) =>
          set !== undefined &&
          condition.start > rest[from]!.start &&
          condition.start < set.at.start &&
          nodesIn(condition).some((each) => each.kind === 'member' && body.values.plain(each) === text),
      );
      if (!set || isAskedAgain || isMadeIn(body, baseName(subject) ?? '') || isCalledUnderLock(body, bodies))
        return [];
      return [
        oddity('tested-before-lock', body.spot(statement.condition), body.text(subject), {
          other: lock.replace(/^&/, ''),
          related: [{ spot: body.spot(set.at), message: 'is set here, under the lock' }],
        }),
      ];
    }),
  );
}

const UNLINKS = /^(?:list_del|hlist_del|hash_del|xa_erase|__xa_erase|idr_remove|rb_erase|radix_tree_delete)/;
const LOOKS_UP = /^(?:xa_load|xa_find|idr_find|radix_tree_lookup|rb_find)/;

/** `if (refcount_dec_and_test(&x->users)) { mutex_lock(&l); list_del(&x->node); … }` where others find and count it under l. */
function lastPutsBeforeLock(body: Body, bodies: Bodies): OddityFact[] {
  return ifsIn(body).flatMap((node) => {
    const { condition, consequence } = node;
    const call = condition.kind === 'call' ? condition : null;
    if (!call || !/^(?:refcount|atomic)_dec_and_test$/.test(calledName(call) ?? '') || !call.args[0])
      return [];
    const counter = memberName(call.args[0]);
    const decided = body.flow.decisions.find((each) => each.condition === condition);
    const unlink = body.flow.steps.find(
      (step) =>
        contains(consequence, step.node) &&
        UNLINKS.test(calledName(step.node) ?? '') &&
        step.locks.length > 0,
    );
    const lock = unlink?.locks.find((each) => !decided?.locks.includes(each));
    if (counter === null || !decided || decided.locks.length > 0 || !unlink || lock === undefined) return [];
    const finder = bodies.program
      .definitionsIn(body.fn.unit)
      .find((fn) => fn.words.all.has(counter) && findsUnder(bodies.of(fn), lock, counter));
    return finder
      ? [
          oddity('last-put-before-lock', body.spot(condition), body.text(call.args[0]).replace(/^&/, ''), {
            other: finder.item.name,
            related: [{ spot: body.spot(unlink.node), message: 'can be found until here' }],
          }),
        ]
      : [];
  });
}

/** Whether a function takes a reference of what it found under the lock, without asking whether it was the last. */
function findsUnder(body: Body, lock: string, counter: string): boolean {
  return body.flow.steps.some(({ node, locks }) => {
    if (node.kind !== 'call' || !/^(?:refcount|atomic)_inc$/.test(calledName(node) ?? '')) return false;
    const isIts = node.args[0] !== undefined && memberName(node.args[0]) === counter;
    if (!isIts || !locks.some((each) => tail(each) === tail(lock))) return false;
    return (
      body.flow.walks.some(({ body: inner }) => contains(inner, node)) ||
      [...callsBelow(body.block)].some((name) => LOOKS_UP.test(name))
    );
  });
}

function memberName(value: Expression): string | null {
  const inner = value.kind === 'unary' && value.operator === '&' ? value.operand : value;
  return inner.kind === 'member' ? inner.name : null;
}

/** `mutex` of `&group->mutex`. */
const tail = (lock: string): string => /\w+$/.exec(lock)?.[0] ?? lock;
