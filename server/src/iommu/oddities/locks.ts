/** Locks that are missing, needless, or held where nobody may wait. */
import { contains } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { commentAbove } from '../comments.js';
import { ACQUIRES, ALLOCATES, RELEASES } from '../kernel-api.table.js';
import type { ShortType } from '../scope.js';
import { assignmentsIn, ifsIn, nodesIn, sequencesIn, testOf } from '../shapes.js';
import { anyOf } from '../words.js';
import { isUnsigned } from './checks.js';
import { LOCK_OF, XA_INTERNAL } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { isRunFirst } from './sharing.js';
import { locksOfCallers, memberOf, tail, touchedElsewhere, walkedIn } from './touches.js';

export const LOCKS: OddityReader = {
  own: [locksOfOneRead, locksOfNothing, gfpIgnored, unlockedInternals],
  around: [
    { words: null, read: firstUses },
    { words: null, read: unlockedWalks },
    { words: /^(?:refcount|atomic(?:64|_long)?)_/, read: countsUnderLock },
  ],
};

/** A lock around the read of one scalar, and nothing else. */
function locksOfOneRead(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const lock = lockText(statement, ACQUIRES, body);
      const read = statements[at + 1];
      const unlock = statements[at + 2];
      if (lock === null || !read || !unlock || lockText(unlock, RELEASES, body) !== lock) return [];
      const value = readValue(read);
      const type = value && typeRead(read, value, body);
      if (!value || !type || value.kind !== 'member' || type.pointers > 0) return [];
      // Of what is larger than a word a read may be torn.
      if (type.base === '' || /^(?:struct|union) |64|loff_t|dma_addr_t|long long/.test(type.base)) return [];
      return [
        oddity('lock-of-one-read', body.spot(read), body.text(value), { other: lock.replace(/^&/, '') }),
      ];
    }),
  );
}

/** `mutex_lock(&toy->lock); mutex_unlock(&toy->lock);` with nothing between them. */
function locksOfNothing(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const lock = lockText(statement, ACQUIRES, body);
      const next = statements[at + 1];
      if (lock === null || !next || lockText(next, RELEASES, body) !== lock) return [];
      // Who only waits for the others says so.
      if (isCommented(body, statement)) return [];
      return [
        oddity('lock-of-nothing', body.spot(statement), lock.replace(/^&/, ''), {
          related: [{ spot: body.spot(next), message: 'it is given back at once' }],
        }),
      ];
    }),
  );
}

/** Whether a comment stands right above. */
function isCommented(body: Body, { start }: Statement): boolean {
  return commentAbove(body.fn.unit, body.spot({ start, end: start }).span.start) !== '';
}

function lockText(statement: Statement, table: ReadonlyMap<string, number>, body: Body): string | null {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'call') return null;
  const name = calledName(statement.expression);
  const lock = name !== null && table.has(name) ? statement.expression.args[0] : undefined;
  return lock ? body.values.plain(lock) : null;
}

/** The type of what is read; where the struct is not at hand, of the variable that gets it. */
function typeRead(read: Statement, value: Expression, body: Body): ShortType | null {
  const type = body.scope.typeOf(value);
  if (type.base !== '' || read.kind !== 'expression' || read.expression.kind !== 'assign') return type;
  return body.scope.typeOf(read.expression.target);
}

function readValue(statement: Statement): Expression | null {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return null;
  const { target, value, operator } = statement.expression;
  if (operator !== '=' || target.kind !== 'name') return null;
  return value.kind === 'unary' && value.operator === '!' ? value.operand : value;
}

/** GFP_KERNEL in a function whose caller says by a parameter how memory may be had. */
function gfpIgnored(body: Body): OddityFact[] {
  const parameter = body.fn.item.parameters.find(({ type }) => type.base === 'gfp_t');
  if (!parameter) return [];
  const isTested = body.flow.decisions.some(({ condition }) => body.text(condition).includes(parameter.name));
  return body.reading.nodes.flatMap((node) => {
    if (isTested || node.kind !== 'call') return [];
    const fixed = node.args.find((arg) => arg.kind === 'name' && arg.name === 'GFP_KERNEL');
    if (!fixed) return [];
    return [
      oddity('gfp-ignored', body.spot(fixed), calledName(node) ?? body.text(node.callee), {
        other: parameter.name,
        instead: parameter.name,
      }),
    ];
  });
}

/** `__xa_…()` with nobody who holds the lock of the xarray. */
function unlockedInternals(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node, mayLocks }) => {
    const name = calledName(node);
    const array = node.kind === 'call' ? node.args[0] : undefined;
    if (name === null || !array || !XA_INTERNAL.has(name)) return [];
    const text = body.values.plain(array);
    if (mayLocks.some((lock) => lock === text || lock.startsWith(`${text}.`) || /xa_lock|xas/.test(lock)))
      return [];
    // A static function may be called under it.
    if (body.fn.item.isStatic || body.fn.item.missing.length > 0) return [];
    return [oddity('unlocked-internal', body.spot(node), name, { other: text.replace(/^&/, '') })];
  });
}

/** A number in a shared object is found zero, made and stored, with no lock over the two. */
function firstUses(body: Body, bodies: Bodies): OddityFact[] {
  return ifsIn(body).flatMap((node) => {
    const test = testOf(node.condition);
    if (test?.says !== 'zero') return [];
    const subject = memberBehind(body, test.subject);
    if (!subject || !isUnsigned(body.scope.typeOf(subject))) return [];
    const text = body.values.plain(subject);
    const store = body.flow.steps.find(
      (step) =>
        step.node.kind === 'assign' &&
        step.node.operator === '=' &&
        contains(node.consequence, step.node) &&
        body.values.plain(step.node.target) === text,
    );
    const makes = [...nodesIn(node.consequence)].some((each) => /alloc|_get$/.test(calledName(each) ?? ''));
    if (!store || !makes || store.mayLocks.length > 0 || !isShared(body, subject)) return [];
    if (isCalledUnderLock(body, bodies) || isRunFirst(body.fn)) return [];
    return [
      oddity('unlocked-first-use', body.spot(store.node), text, {
        related: [{ spot: body.spot(node.condition), message: 'is found zero here' }],
      }),
    ];
  });
}

/** The member that is tested, or whose value the tested variable has. */
function memberBehind(body: Body, subject: Expression): Expression | null {
  if (subject.kind === 'member') return subject;
  if (subject.kind !== 'name') return null;
  const source = assignmentsIn(body).find(({ target }) => target === subject.name)?.value;
  return source?.kind === 'member' ? source : null;
}

/** Whether others can reach the object: it was passed in or looked up, not made here. */
function isShared(body: Body, member: Expression): boolean {
  let object: Expression = member;
  while (object.kind === 'member') object = object.object;
  if (object.kind !== 'name') return false;
  const { name } = object;
  const source = assignmentsIn(body).find(({ target }) => target === name)?.value;
  return !source || !/alloc/.test(calledName(source) ?? '');
}

/** Whether somebody calls it with a lock held, or nobody who calls it is seen though only this file can. */
export function isCalledUnderLock(body: Body, bodies: Bodies): boolean {
  const callers = bodies.program.callersOf(body.fn);
  if (body.fn.item.isStatic && callers.length === 0) return true;
  return callers.some((caller) =>
    bodies
      .of(caller)
      .flow.steps.some(({ node, mayLocks }) => calledName(node) === body.fn.item.name && mayLocks.length > 0),
  );
}

/** A walk over a container of an object with no lock, where the rest of the file holds one. */
function unlockedWalks(body: Body, bodies: Bodies): OddityFact[] {
  if (body.fn.item.missing.length > 0 || isRunFirst(body.fn)) return [];
  return body.flow.walks.flatMap((walk) => {
    const walked = walkedIn(walk, body, bodies);
    if (!walked || walk.mayLocks.length > 0 || /rcu|safe/.test(walked.form)) return [];
    const { member } = walked;
    if (!member || isUnderRcu(body) || isCalledUnderLock(body, bodies)) return [];
    const at = body.spot({ start: walk.start, end: walk.end });
    const known = LOCK_OF.get(member.struct)?.get(member.field);
    if (known !== undefined && !body.fn.item.isStatic)
      return [
        oddity('walk-without-lock', at, walked.text, {
          other: `${member.struct}.${known}`.replace('struct ', ''),
        }),
      ];
    const others = touchedElsewhere(walked.what, body, bodies).filter(
      ({ fn, isContainer }) => isContainer && !isRunFirst(fn),
    );
    const held = others.filter(({ locks }) => locks.length > 0);
    if (held.length < 2 || held.length < others.length) return [];
    const lock = held[0]!.locks.find((each) =>
      held.every(({ locks }) => locks.map(tail).includes(tail(each))),
    );
    if (lock === undefined) return [];
    return [
      oddity('walk-without-lock', at, walked.text, {
        other: lock.replace(/^&/, ''),
        related: held.slice(0, 2).map(({ fn, at: there }) => ({
          spot: bodies.of(fn).spot(there),
          message: `holds ${lock.replace(/^&/, '')}`,
        })),
      }),
    ];
  });
}

function isUnderRcu({ fn: { words } }: Body): boolean {
  return words.called.has('rcu_read_lock') || words.called.has('srcu_read_lock') || words.all.has('rcu');
}

const COUNTS = /^(?:refcount|atomic(?:64|_long)?)_\w+$/;

/** An atomic counter that nobody touches but under one lock; told where it is declared. */
function countsUnderLock(body: Body, bodies: Bodies): OddityFact[] {
  const told = new Set<string>();
  return body.flow.steps.flatMap(({ node }) => {
    const counter =
      COUNTS.test(calledName(node) ?? '') && node.kind === 'call' ? countedIn(node.args, body) : null;
    if (!counter || told.has(counter.field)) return [];
    told.add(counter.field);
    const view = bodies.program.structNamed(counter.struct, body.fn.unit);
    const field = view?.fields.find(({ item }) => item.name === counter.field);
    if (!field?.unit.isReviewed) return [];
    const uses = countingOf(counter, bodies, body);
    const lock = uses[0]?.locks[0];
    if (uses.length < 3 || lock === undefined || uses[0]!.fn !== body.fn) return [];
    if (!uses.every(({ locks }) => locks.map(tail).includes(tail(lock)))) return [];
    if (field.item.type.base === 'refcount_t' && countsReferences(counter, bodies, body)) return [];
    const { start, end } = field.item;
    return [
      oddity('count-under-lock', { unit: field.unit, span: { start, end } }, counter.field, {
        other: lock.replace(/^&/, ''),
      }),
    ];
  });
}

/**
 * Whether a refcount_t is called one, or set where its object is made: then it counts references to it, and the type says so and catches
 * a count that goes wrong (Documentation/core-api/refcount-vs-atomic.rst, 6.12). Any other is a number.
 */
function countsReferences(
  counter: { readonly struct: string; readonly field: string },
  bodies: Bodies,
  from: Body,
): boolean {
  if (/(?:^|_)k?refs?(?:_|$)|refc(?:ou)?nt/.test(counter.field)) return true;
  return bodies.program.definitionsIn(from.fn.unit).some((fn) => {
    if (!fn.words.called.has('refcount_set') || !fn.words.all.has(counter.field)) return false;
    const body = bodies.of(fn);
    return body.flow.steps.some(({ node }) => {
      if (node.kind !== 'call' || calledName(node) !== 'refcount_set') return false;
      const set = countedIn(node.args, body);
      return (
        set?.field === counter.field && set.struct === counter.struct && anyOf(ALLOCATES, fn.words.called)
      );
    });
  });
}

function countedIn(
  args: readonly Expression[],
  body: Body,
): { readonly struct: string; readonly field: string } | null {
  for (const arg of args) {
    const found = memberOf(body, arg);
    if (found && /^(?:refcount_t|atomic\w*_t)$/.test(body.scope.typeOf(arg).base)) return found;
  }
  return null;
}

/** Every use of a counter in the file of `from`, but where it is set up before anybody sees it. */
function countingOf(
  counter: { readonly struct: string; readonly field: string },
  bodies: Bodies,
  from: Body,
) {
  return bodies.program.definitionsIn(from.fn.unit).flatMap((fn) => {
    if (!fn.words.all.has(counter.field) || isRunFirst(fn)) return [];
    const body = bodies.of(fn);
    return body.flow.steps.flatMap(({ node, mayLocks }) => {
      const name = calledName(node) ?? '';
      const found = COUNTS.test(name) && node.kind === 'call' ? countedIn(node.args, body) : null;
      if (found?.field !== counter.field || found.struct !== counter.struct) return [];
      return [{ fn, locks: mayLocks.length > 0 ? mayLocks : locksOfCallers(body, bodies) }];
    });
  });
}
