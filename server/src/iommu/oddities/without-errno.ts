/** Failures that leave with a result that says success: `if (!p) goto err;` where `ret` is zero by then. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import { assignmentsIn, exitOf, ifsIn, isZero, labelIn, statementsOf, type Test, testOf } from '../shapes.js';
import { allocates } from './allocates.js';
import { levelOf } from './messages.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { piecesOf } from './pieces.js';
import { whatRunsBefore } from './results.js';
import { TOLD } from './told-failures.table.js';
import { isZeroBy, sets } from './unwinds.js';

export const WITHOUT_ERRNO: OddityReader = {
  own: [leavesWithoutErrno],
  around: [{ words: null, read: leavesAPieceWithoutErrno }],
};

/** How sure it is that what was tested is a failure. */
interface Failure {
  readonly subject: string;
  /** An allocation, or something that the branch says to have failed: whatever the label is called. */
  readonly isPlain: boolean;
}

function leavesWithoutErrno(body: Body): OddityFact[] {
  const { returns } = body.fn.item;
  if (returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(returns.base) || body.fn.item.missing.length > 0)
    return [];
  const last = body.flow.returns.at(-1)?.value;
  if (last?.kind !== 'name') return [];
  const result = last.name;
  return ifsIn(body).flatMap((statement) => {
    const { condition, consequence, alternative } = statement;
    if (alternative || namesIn(condition).includes(result) || sets(body, consequence, result)) return [];
    const left = exitOf(consequence);
    const before = whatRunsBefore(body, statement);
    const failure = failureOf(body, condition, consequence, before);
    if (!left || !failure || !isWayOut(body, left, result, failure)) return [];
    return isZeroBy(body, result, before)
      ? [oddity('goto-without-errno', body.spot(left), failure.subject, { other: result })]
      : [];
  });
}

/**
 * The same of a function that is shown in part. Where it sets its result is looked for in all parts; what is not shown may
 * set it as well, but hardly between what the patch adds and the lines around that.
 */
function leavesAPieceWithoutErrno(body: Body, bodies: Bodies): OddityFact[] {
  const { returns, missing } = body.fn.item;
  if (returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(returns.base) || missing.length === 0) return [];
  const candidates = ifsIn(body).flatMap((statement) => {
    const { condition, consequence, alternative } = statement;
    const left = exitOf(consequence);
    if (alternative || left?.kind !== 'goto' || !FAILS_OR_LEAVES.test(left.label)) return [];
    const before = whatRunsBefore(body, statement);
    const failure = failureOf(body, condition, consequence, before);
    return failure?.isPlain ? [{ left, statement, before, failure }] : [];
  });
  if (candidates.length === 0) return [];
  const pieces = piecesOf(body, bodies);
  const result = resultOf(pieces);
  if (result === null) return [];
  const earlier = pieces.slice(0, pieces.indexOf(body));
  return candidates.flatMap(({ left, statement, before, failure }) => {
    if (namesIn(statement.condition).includes(result) || sets(body, statement.consequence, result)) return [];
    if (pieces.some((piece) => labelIn(piece, left.label) && isSetBehind(piece, left.label, result)))
      return [];
    const isTold = before.some((each) => sets(body, each, result));
    const isZero = isTold ? isZeroBy(body, result, before) : isZeroAfter(earlier, result);
    return isZero ? [oddity('goto-without-errno', body.spot(left), failure.subject, { other: result })] : [];
  });
}

const FAILS_OR_LEAVES = /err|fail|free|unwind|undo|abort|clean|clear|^out/i;

/** The variable that is returned, or that is called like one that is. */
function resultOf(pieces: readonly Body[]): string | null {
  const last = pieces.at(-1)?.flow.returns.at(-1)?.value;
  if (last?.kind === 'name') return last.name;
  const all = pieces.flatMap((piece) => assignmentsIn(piece).map(({ target }) => target));
  return ['ret', 'rc', 'err', 'error'].find((name) => all.includes(name)) ?? null;
}

/** Whether the last that the parts before gave the result was zero, or came from a call that was asked. */
function isZeroAfter(earlier: readonly Body[], result: string): boolean {
  const last = earlier
    .flatMap((piece) => assignmentsIn(piece))
    .filter(({ target }) => target === result)
    .at(-1)?.value;
  return last !== undefined && (isZero(last) || last.kind === 'call');
}

function isWayOut(body: Body, left: Statement, result: string, { isPlain }: Failure): boolean {
  if (left.kind === 'return') return isPlain && left.value?.kind === 'name' && left.value.name === result;
  if (left.kind !== 'goto' || (!isPlain && !/err|fail/i.test(left.label))) return false;
  return !isSetBehind(body, left.label, result);
}

/** What failed, if a test of a pointer or of a call says so. */
function failureOf(
  body: Body,
  condition: Expression,
  branch: Statement,
  before: readonly Statement[],
): Failure | null {
  const test = testOf(condition);
  if (!test) return noValue(body, condition, before);
  const subject = body.values.plain(test.subject);
  const isTold = statementsOf(branch).some((each) => isErrorMessage(each));
  if (test.says === 'set')
    return test.subject.kind === 'call' && isTold && !isQuestion(body, test.subject)
      ? { subject: `${calledName(test.subject)}()`, isPlain: true }
      : null;
  if (test.says !== 'zero' && test.says !== 'error') return null;
  const made = madeBy(body, test, before);
  if (!made) return null;
  return { subject, isPlain: isTold || test.says === 'error' || allocates(made) };
}

/** `if (id == TOY_ID_INVALID)`: the constant by which a call says that it has no value to give. */
function noValue(body: Body, condition: Expression, before: readonly Statement[]): Failure | null {
  if (condition.kind !== 'binary' || condition.operator !== '==' || condition.right.kind !== 'name')
    return null;
  const { left, right } = condition;
  if (!/^[A-Z].*(?:^|_)(?:INVALID|ERROR)(?:_|$)/.test(right.name)) return null;
  const subject = body.values.plain(left.kind === 'assign' ? left.target : left);
  return lastCall(body, left, before) === null ? null : { subject, isPlain: false };
}

/** The call that made the pointer, the number or the error that is tested: something that fails. */
function madeBy(body: Body, { subject, says }: Test, before: readonly Statement[]): string | null {
  const target = subject.kind === 'assign' ? subject.target : subject;
  const call = lastCall(body, subject, before);
  if (call === null || says === 'error' || body.scope.typeOf(target).pointers > 0) return call;
  return TOLD.get(call)?.tells === 'zero' ? call : null;
}

/** The call that surely gave a place what it has by then, if it was a call. */
function lastCall(body: Body, subject: Expression, before: readonly Statement[]): string | null {
  const target = subject.kind === 'assign' ? subject.target : subject;
  if (subject.kind === 'assign') return calledName(subject.value);
  const text = body.values.plain(target);
  const last = assignmentsIn(body).findLast(
    (each) =>
      each.target === text && before.some(({ start, end }) => start <= each.at.start && each.at.end <= end),
  );
  return last?.value.kind === 'call' ? calledName(last.value) : null;
}

/** Whether a statement tells the log of an error. */
function isErrorMessage(statement: Statement): boolean {
  return /^(?:emerg|alert|crit|err|warn)$/.test(levelOf(statement) ?? '');
}

/** A call that answers yes or no, by its type or its name: what it says is no failure of its own. */
function isQuestion(body: Body, call: Expression): boolean {
  const name = calledName(call) ?? '';
  return (
    body.scope.typeOf(call).base === 'bool' ||
    /(?:^|_)(?:is|has|can|may|should|need|needs|test|empty|enabled|supported|match|check|valid|cmp|get|read|find)(?:_|$)|^WARN/.test(
      name,
    )
  );
}

function isSetBehind(body: Body, label: string, result: string): boolean {
  const at = labelIn(body, label);
  return !at || assignmentsIn(body).some((each) => each.target === result && each.at.start >= at.start);
}
