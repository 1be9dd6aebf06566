/** Failures that are told in a way that loses which one it was. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { ALLOCATES, GIVES_BOTH } from '../kernel-api.table.js';
import { namesIn } from '../names.js';
import {
  assignmentsIn,
  type Call,
  errnoIn,
  failedCall,
  ifsIn,
  isNull,
  labelIn,
  sequencesIn,
  statementsOf,
  testOf,
} from '../shapes.js';
import { allocates } from './allocates.js';
import { isOfAttach } from './attach.js';
import { GIVES_ERRNO, NO_ERRNO, WALKED_BY_INDEX, XA_ANSWERS } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const ERRORS: OddityReader = {
  own: [discardedStores],
  around: [
    { words: new Set(['IS_ERR_OR_NULL']), read: errorOrNull },
    { words: /^E[A-Z]{2,}/, read: droppedErrnos },
    { words: /^E[A-Z]{2,}/, read: allocationErrnos },
    { words: /^E[A-Z]{2,}/, read: severalFailures },
  ],
};

/** `IS_ERR_OR_NULL(x)`, and what x came from. */
function errorOrNull(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    if (calledName(node) !== 'IS_ERR_OR_NULL' || node.kind !== 'call' || !node.args[0]) return [];
    const subject = node.args[0];
    const source = sourceOf(body, subject, node.start);
    // What a member holds may have been set by anybody, either way.
    if (!source) return [];
    // A condition that the patch shortens had the test before.
    const written = body.text(node);
    if (body.fn.unit.image.removed.some((line) => line.includes(written))) return [];
    const related = body.flow.steps.flatMap(({ node: each }) => {
      const reads =
        each.kind === 'call' && /^(?:PTR_ERR|ERR_CAST|PTR_ERR_OR_ZERO)$/.test(calledName(each) ?? '');
      const isIts = reads && each.args.some((arg) => body.values.plain(arg) === body.values.plain(subject));
      return isIts ? [{ spot: body.spot(each), message: 'is 0 for NULL: success' }] : [];
    });
    // Both can come, and both are asked for; only what is made of them may be wrong.
    if (GIVES_BOTH.has(source) && related.length === 0) return [];
    return [oddity('error-or-null', body.spot(node), body.values.plain(subject), { other: source, related })];
  });
}

/** The name of the function whose result a variable last got before `before`. */
function sourceOf(body: Body, subject: Expression, before: number): string | null {
  if (subject.kind === 'call') return calledName(subject);
  const text = body.values.plain(subject);
  const last = assignmentsIn(body)
    .filter(({ target, at }) => target === text && at.start < before)
    .at(-1);
  return last ? calledName(last.value) : null;
}

/** Entries put into an xarray whose answer may be an encoded error that nobody asks for. */
function discardedStores(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node, isDiscarded }) => {
    const name = calledName(node);
    const valueAt = name === null ? undefined : XA_ANSWERS.get(name);
    if (name === null || valueAt === undefined || node.kind !== 'call') return [];
    const value = node.args[valueAt];
    // To store NULL, or to replace what is there, needs no memory.
    if (!value || isNull(value) || isOccupied(body, node)) return [];
    const result = isDiscarded ? null : body.values.resultOf(node);
    if (!isDiscarded && (result === null || isAskedForError(body, result))) return [];
    return [oddity('discarded-store', body.spot(node), name, { other: result ?? '' })];
  });
}

/**
 * Whether the slot that a store names has an entry or is reserved, so that it needs no memory: the index came
 * out of a walk over the same array, or was reserved in it. lib/xarray.c:xas_create (6.12).
 */
function isOccupied(body: Body, { args: [array, index], start }: Call): boolean {
  if (!array || !index || namesIn(index).length === 0) return false;
  const isSlot = (container?: Expression, at?: Expression): boolean =>
    container !== undefined &&
    at !== undefined &&
    body.values.plain(at) === body.values.plain(index) &&
    body.values.plain(container) === body.values.plain(array);
  return (
    body.flow.walks.some((walk) => WALKED_BY_INDEX.has(walk.form) && isSlot(walk.args[0], walk.args[1])) ||
    body.flow.steps.some(
      ({ node }) =>
        node.kind === 'call' &&
        node.start < start &&
        calledName(node) === 'xa_reserve' &&
        isSlot(node.args[0], node.args[1]),
    )
  );
}

function isAskedForError(body: Body, result: string): boolean {
  if (body.flow.returns.some(({ value }) => body.values.plain(value) === result)) return true;
  return body.flow.steps.some(
    ({ node }) =>
      /^(?:xa_is_err|xa_err|IS_ERR|PTR_ERR)/.test(calledName(node) ?? '') &&
      node.kind === 'call' &&
      node.args.some((arg) => namesIn(arg).includes(result.replace(/\W.*/, ''))),
  );
}

/** `ret = f(); if (ret) return -EINVAL;` where f() says by itself what went wrong. */
function droppedErrnos(body: Body, bodies: Bodies): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const test = testOf(statement.condition);
      if (!test || test.says === 'zero') return [];
      const before = statements.slice(0, at).findLast((each) => !isPlainCall(each));
      const call = failedCall(body, test.subject, before);
      const name = call ? calledName(call) : null;
      if (!call || name === null) return [];
      const told = toldBy(statement.consequence, test.subject, body);
      if (!told) return [];
      const isLost =
        givesErrno(name, test.says, body, bodies) || isAnotherOfAttach(name, told.errno, body, bodies);
      return isLost ? [oddity('dropped-errno', body.spot(told.at), name, { other: told.errno })] : [];
    }),
  );
}

/** A call for its effect, as to give a lock back before the result is looked at. */
function isPlainCall(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.expression.kind === 'call';
}

/** Whether an attach op, whose callers decide by the number, tells another one than the function of its own that failed. */
function isAnotherOfAttach(name: string, told: string, body: Body, bodies: Bodies): boolean {
  const fn = bodies.calledFunction(name, body);
  if (!fn || fn.item.returns.pointers > 0 || !isOfAttach(body.fn, bodies)) return false;
  const own = bodies.of(fn).flow.returns.map(({ value }) => errnoIn(value));
  return own.some((each) => each !== null && each !== told);
}

/** Whether a function at hand returns numbers of errors, more than one, or an error pointer. */
function givesErrno(name: string, says: string, body: Body, bodies: Bodies): boolean {
  if (NO_ERRNO.test(name)) return false;
  const fn = bodies.calledFunction(name, body);
  // An error pointer is an error number; what else a function out of sight returns its name cannot tell.
  if (!fn) return GIVES_ERRNO.has(name) ? says !== 'zero' : says === 'error' && !isAllocator(name);
  const { returns } = fn.item;
  if (
    says === 'error'
      ? returns.pointers !== 1
      : returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(returns.base)
  )
    return false;
  const called = bodies.of(fn);
  // One error number of its own is not lost; a result handed on, or several numbers, are.
  const told = new Set(
    called.flow.returns.map(({ value }) => errnoIn(value)).filter((each) => each !== null),
  );
  const handsOn = called.flow.returns.some(
    ({ value }) =>
      value.kind === 'name' && called.reading.assignments.some(({ into }) => into === value.name),
  );
  return told.size > 1 || (told.size === 1 && handsOn) || (handsOn && assignsErrno(called));
}

function assignsErrno(body: Body): boolean {
  return assignmentsIn(body).some(({ value }) => errnoIn(value) !== null);
}

/** The constant error that a failure branch returns, or puts over the variable that has the real one. */
function toldBy(
  branch: Statement,
  subject: Expression,
  body: Body,
): { readonly at: Statement; readonly errno: string } | null {
  const statements = statementsOf(branch);
  const last = statements.at(-1);
  const mentions = statements.some((each) => each !== last && usesErrno(each, subject, body));
  if (mentions) return null;
  const errno = last?.kind === 'return' ? errnoIn(last.value) : null;
  if (last && errno) return { at: last, errno };
  if (last?.kind !== 'goto') return null;
  for (const each of statements) {
    if (each.kind !== 'expression' || each.expression.kind !== 'assign') continue;
    const overwritten = errnoIn(each.expression.value);
    if (overwritten) return { at: each, errno: overwritten };
  }
  return null;
}

/** Whether the branch looks at the number itself: compares it, or switches on it. */
function usesErrno(statement: Statement, subject: Expression, body: Body): boolean {
  if (statement.kind !== 'if' && statement.kind !== 'switch') return false;
  const text = body.values.plain(subject);
  const asked = statement.kind === 'if' ? statement.condition : statement.subject;
  return namesIn(asked).includes(text);
}

/** Memory that cannot be had, told as something else than -ENOMEM. */
function allocationErrnos(body: Body, bodies: Bodies): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence, start }) => {
    const test = testOf(condition);
    if (test?.says !== 'zero') return [];
    const allocator =
      test.subject.kind === 'assign' ? calledName(test.subject.value) : sourceOf(body, test.subject, start);
    const last = statementsOf(consequence).at(-1);
    const set = statementsOf(consequence).find(
      (each) =>
        each.kind === 'expression' && each.expression.kind === 'assign' && errnoIn(each.expression.value),
    );
    const value =
      last?.kind === 'return'
        ? last.value
        : set?.kind === 'expression' && set.expression.kind === 'assign'
          ? set.expression.value
          : null;
    const errno = errnoIn(value ?? null);
    if (allocator === null || !errno || errno === 'ENOMEM' || !value) return [];
    // To an attach op EINVAL means that another domain may do, which no failed allocation says.
    const misleads = errno === 'EINVAL' && isAllocator(allocator) && isOfAttach(body.fn, bodies);
    if (!misleads && !isPureAllocator(allocator)) return [];
    return [
      oddity('allocation-errno', body.spot(value), allocator, {
        other: errno,
        instead: body.text(value).replace(errno, 'ENOMEM'),
      }),
    ];
  });
}

/** Whether no memory is what most failures of an allocator are about. */
function isAllocator(name: string): boolean {
  return isPureAllocator(name) || /^(?:alloc_io_pgtable_ops|iommu_domain_alloc)$/.test(name);
}

/** Whether no memory is the only reason for it to give NULL; alloc_io_pgtable_ops() does so for a format or size too. */
function isPureAllocator(name: string): boolean {
  return (
    ALLOCATES.has(name) ||
    /^(?:__)?(?:get_zeroed_page|get_free_pages?|alloc_pages?|alloc_workqueue|dma_alloc_coherent|dmam_alloc_coherent)$/.test(
      name,
    )
  );
}

/** A function that answers several failures with one NULL, and who makes one error number of it. */
function severalFailures(body: Body, bodies: Bodies): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence, start }) => {
    const test = testOf(condition);
    if (test?.says !== 'zero') return [];
    const errno = statementsOf(consequence)
      .map((each) => (each.kind === 'return' ? errnoIn(each.value) : assignedErrno(each)))
      .find((each) => each !== null);
    const name = errno ? sourceOf(body, test.subject, start) : null;
    const fn = name === null ? null : bodies.calledFunction(name, body);
    if (!errno || !fn || name === null || fn.item.returns.pointers !== 1) return [];
    const reasons = nullReasons(bodies.of(fn));
    if (reasons.length < 2) return [];
    return [
      oddity('several-failures-one-null', body.spot(condition), name, {
        other: errno,
        related: reasons
          .slice(0, 3)
          .map((at) => ({ spot: bodies.of(fn).spot(at), message: 'gives NULL for this failure' })),
      }),
    ];
  });
}

/** What an assignment of an error number assigns. */
function assignedErrno(statement: Statement): string | null {
  const isAssignment = statement.kind === 'expression' && statement.expression.kind === 'assign';
  return isAssignment && statement.expression.kind === 'assign' ? errnoIn(statement.expression.value) : null;
}

/** The failure branches that end in NULL, directly or by a label; none if memory is all that can be missing. */
function nullReasons(body: Body): readonly Statement[] {
  const reasons: { at: Statement; isMemory: boolean }[] = [];
  for (const { condition, consequence, start } of ifsIn(body)) {
    const last = statementsOf(consequence).at(-1);
    const givesNull =
      (last?.kind === 'return' && last.value !== null && isNull(last.value)) ||
      (last?.kind === 'goto' && isNullBehind(last.label, body));
    const test = testOf(condition);
    const why = test ? sourceOf(body, test.subject, start) : null;
    if (givesNull && last && why !== null)
      reasons.push({ at: last, isMemory: isAllocator(why) || allocates(why) });
  }
  return reasons.length > 1 && reasons.some(({ isMemory }) => !isMemory) ? reasons.map(({ at }) => at) : [];
}

/** Whether NULL is what is returned after a label. */
function isNullBehind(label: string, body: Body): boolean {
  const at = labelIn(body, label);
  const last = at && body.flow.returns.find(({ start }) => start > at.start);
  return last !== undefined && isNull(last.value);
}
