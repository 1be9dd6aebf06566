/** Results of calls that are handed on as what they are not, or that another result takes the place of. */
import { contains } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { assignmentsIn, callOf, errnoIn, exitOf, failedCall, sequencesIn, testOf } from '../shapes.js';
import { followedAfter } from './asked.js';
import { UNDOES } from './exits.js';
import { COUNTS_LEFT } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { GIVES_NULL } from './untested.table.js';
import { isZeroBy, sets } from './unwinds.js';

export const RESULTS: OddityReader = {
  own: [bytesAsErrnos, anotherReturned, overwrittenErrors, nullsAskedForErrors, errnosAsTruths],
  around: [{ words: new Set(['bool']), read: errorsInBools }],
};

/** What copy_to_user() and the like left, returned as if it were an error number. */
function bytesAsErrnos(body: Body): OddityFact[] {
  const { returns } = body.fn.item;
  if (returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(returns.base) || isCounting(body)) return [];
  const told = (value: Expression, name: string): OddityFact =>
    oddity('bytes-as-errno', body.spot(value), name);
  const direct = body.flow.returns.flatMap(({ value }) => {
    const name = calledName(value);
    return name !== null && COUNTS_LEFT.has(name) ? [told(value, name)] : [];
  });
  const kept = assignmentsIn(body).flatMap(({ target, value, at }) => {
    const name = calledName(value);
    if (name === null || !COUNTS_LEFT.has(name) || !body.scope.isLocal(target)) return [];
    const next = assignmentsIn(body).find((each) => each.target === target && each.at.start > at.end);
    const returned = body.flow.returns.find(
      (each) =>
        each.value.kind === 'name' &&
        each.value.name === target &&
        each.start > at.end &&
        (!next || each.end < next.at.start),
    );
    return returned ? [told(value, name)] : [];
  });
  return [...direct, ...kept];
}

/** `return -EINVAL;` in a function that says yes or no. */
function errnosAsTruths(body: Body): OddityFact[] {
  const { returns, name } = body.fn.item;
  if (returns.base !== 'bool' || returns.pointers > 0 || body.fn.item.missing.includes('head')) return [];
  return body.flow.returns.flatMap(({ value }) => {
    const errno = errnoIn(value);
    return errno === null ? [] : [oddity('errno-as-truth', body.spot(value), `-${errno}`, { other: name })];
  });
}

/** A function that copies for its callers may well say what is left. */
function isCounting(body: Body): boolean {
  return /(?:^|_)copy_|_read$|_write$|_user$/.test(body.fn.item.name);
}

/** `if (len < 0) return ret;`: one result failed, and another one is returned, which is zero. */
function anotherReturned(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const left = exitOf(statement.consequence);
      const test = testOf(statement.condition);
      if (left?.kind !== 'return' || left.value?.kind !== 'name' || test?.says !== 'negative') return [];
      const { name } = left.value;
      const failed = resultIn(statements[at - 1], test.subject, body);
      if (!failed || failed === name || !isInt(body, name) || !isInt(body, failed)) return [];
      if (sets(body, statement.consequence, name)) return [];
      return isZeroBy(body, name, whatRunsBefore(body, statement))
        ? [oddity('another-returned', body.spot(left.value), name, { other: failed, instead: failed })]
        : [];
    }),
  );
}

/** What surely runs before a statement, in the rows that it stands in, the outermost first. */
export function whatRunsBefore(body: Body, statement: Statement): readonly Statement[] {
  return sequencesIn(body)
    .flatMap((row) => {
      const at = row.findIndex((each) => contains(each, statement));
      return at < 0 ? [] : row.slice(0, at);
    })
    .sort((a, b) => a.start - b.start);
}

/** The variable that a call has just given what is tested. */
function resultIn(before: Statement | undefined, subject: Expression, body: Body): string | null {
  if (!failedCall(body, subject, before) || subject.kind === 'call') return null;
  return body.values.plain(subject.kind === 'assign' ? subject.target : subject);
}

function isInt(body: Body, name: string): boolean {
  const { base, pointers } = body.scope.typeOfName(name);
  return body.scope.isLocal(name) && pointers === 0 && /^(?:int|long|ssize_t)$/.test(base);
}

/** On the way out of a failure the result is set anew by what cleans up: when that works, all worked. */
function overwrittenErrors(body: Body): OddityFact[] {
  const result = body.flow.returns.at(-1)?.value;
  if (result?.kind !== 'name' || !isInt(body, result.name)) return [];
  const { name } = result;
  const { statements } = body.block;
  const first = statements.findIndex(
    (each, at) =>
      each.kind === 'label' && leaves(statements[at - 1]) && /err|fail|out_|undo|unwind/i.test(each.name),
  );
  if (first < 0) return [];
  return statements.slice(first).flatMap((statement) => {
    const inner = statement.kind === 'label' && statement.body ? statement.body : statement;
    const call = inner.kind === 'expression' && inner.expression.kind === 'assign' ? callOf(inner) : null;
    const called = call && calledName(call);
    if (!call || !called || inner.kind !== 'expression' || inner.expression.kind !== 'assign') return [];
    if (body.values.plain(inner.expression.target) !== name || !UNDOES.test(called)) return [];
    return [oddity('error-overwritten', body.spot(inner.expression), name, { other: called })];
  });
}

function leaves(statement: Statement | undefined): boolean {
  return statement?.kind === 'return' || statement?.kind === 'goto';
}

/** Mappings that are NULL when they fail. include/asm-generic/io.h, include/linux/of_address.h, io.h (6.12). */
const NULL_MAPPINGS: ReadonlySet<string> = new Set(
  'ioremap ioremap_wc ioremap_wt ioremap_uc ioremap_cache ioremap_np of_iomap memremap devm_ioremap devm_ioremap_wc devm_ioremap_uc'.split(
    ' ',
  ),
);

/** `base = ioremap(…); if (IS_ERR(base))`, or of memory: it is never an error pointer, and NULL goes on. */
function nullsAskedForErrors(body: Body): OddityFact[] {
  return assignmentsIn(body).flatMap(({ target, value, at }) => {
    const name = calledName(value);
    if (name === null) return [];
    // Memory that is followed right here runs show.
    const isHandedOn = GIVES_NULL.has(name) && !followedAfter(body, new Set([target]), at);
    if (!NULL_MAPPINGS.has(name) && !isHandedOn) return [];
    const test = body.flow.decisions
      .map(({ condition }) => condition)
      .find((condition) => {
        const asked = condition.start > at.end ? testOf(condition) : null;
        return asked !== null && body.values.plain(asked.subject) === target;
      });
    return test && testOf(test)?.says === 'error'
      ? [oddity('null-asked-for-error', body.spot(test), target, { other: name, instead: `!${target}` })]
      : [];
  });
}

/** `bool ret = f(); return ret;` where f() gives error numbers, and so does the function. */
function errorsInBools(body: Body, bodies: Bodies): OddityFact[] {
  const { returns } = body.fn.item;
  if (returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(returns.base)) return [];
  return assignmentsIn(body).flatMap(({ target, value }) => {
    const type = body.scope.isLocal(target) ? body.scope.typeOfName(target) : null;
    const name = calledName(value);
    if (type?.base !== 'bool' || type.pointers > 0 || name === null) return [];
    const isReturned = body.flow.returns.some(
      (each) => each.value.kind === 'name' && each.value.name === target,
    );
    const fn = bodies.calledFunction(name, body);
    if (!isReturned || !fn || fn.item.returns.base !== 'int' || fn.item.returns.pointers > 0) return [];
    const gives = bodies.of(fn).flow.returns.some((each) => errnoIn(each.value) !== null);
    return gives ? [oddity('error-in-bool', body.spot(value), target, { other: name })] : [];
  });
}
