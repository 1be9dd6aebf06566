/** Results that another result takes the place of before anybody looked at them. */
import { contains } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { fateOf } from '../fates.js';
import { namesIn } from '../names.js';
import { loopsIn, nodesIn, sequencesIn } from '../shapes.js';
import { NO_ERRNO } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const UNREAD_RESULTS: OddityReader = { own: [replacedUnread, lostUnread, lastRoundsOnly] };

/** What people call a variable that holds an error number. */
const RESULT = /^(?:ret|err|rc|error|status|retval|result|res|rv)$/;

/** Waits that say by an error number that they were cut short. kernel/sched/completion.c (6.12). */
const SAYS_INTERRUPTED = /^wait_for_completion_(?:interruptible|killable)$/;

interface Told {
  readonly name: string;
  readonly callee: string;
  readonly at: Extract<Expression, { kind: 'assign' }>;
}

/** `ret = f();` as a statement of its own, where f() may give an error number. */
function toldBy(body: Body, statement: Statement): Told | null {
  const inner = statement.kind === 'label' && statement.body ? statement.body : statement;
  const at = inner.kind === 'expression' ? inner.expression : null;
  if (at?.kind !== 'assign' || at.operator !== '=' || at.target.kind !== 'name') return null;
  const { name } = at.target;
  const type = body.scope.typeOfName(name);
  const callee = calledName(at.value);
  if (callee === null || !RESULT.test(name)) return null;
  // Where no start is shown, the declaration is not either, and the name tells enough.
  const isUnseen = !body.scope.isLocal(name);
  if (isUnseen && !body.fn.item.missing.includes('start')) return null;
  if (!isUnseen && (type.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(type.base))) return null;
  // Registers are read twice for the sake of reading, and macros in capitals do what they like.
  if (
    (NO_ERRNO.test(callee) && !SAYS_INTERRUPTED.test(callee)) ||
    /^(?:[A-Z_\d]+$|min|max|clamp)/.test(callee)
  )
    return null;
  if (/read[bwlq]?(?:_|$)/.test(callee) && !isToldByAddress(at.value)) return null;
  return { name, callee, at };
}

/** Whether a call writes what it reads where it is told to, so that its own result says whether it could. */
function isToldByAddress(value: Expression): boolean {
  return value.kind === 'call' && value.args.some((each) => each.kind === 'unary' && each.operator === '&');
}

/** `ret = f(); ret = g();`, with nothing between that looks at it or may jump away. */
function replacedUnread(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const told = toldBy(body, statement);
      if (!told) return [];
      const rest = statements.slice(at + 1);
      const next = rest.find((each) => mentions(each, told.name) || isJoint(each));
      const again = next ? assigned(next) : null;
      if (again?.target.kind !== 'name' || again.target.name !== told.name) return [];
      // What a constant takes the place of is often left unread on purpose.
      if (calledName(again.value) === null || mentionsIn(again.value, told.name)) return [];
      return [
        oddity('result-replaced', body.spot(told.at), told.callee, {
          other: calledName(again.value)!,
          related: [{ spot: body.spot(again), message: 'takes its place' }],
        }),
      ];
    }),
  );
}

/** A result that no way through the function looks at: another takes its place, or the function ends. */
function lostUnread(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((statement) => {
    const told = statement.kind === 'expression' ? toldBy(body, statement) : null;
    const fate = told && fateOf(body, told.at);
    if (!told || !fate || fate.isRead) return [];
    // What a constant takes the place of is often left unread on purpose.
    const next = fate.replacedBy.find(
      (each) => !['PTR_ERR', null].includes(calledName(each.value)) && each !== told.at,
    );
    if (next)
      return [
        oddity('result-replaced', body.spot(told.at), told.callee, {
          other: calledName(next.value)!,
          related: [{ spot: body.spot(next), message: 'takes its place' }],
        }),
      ];
    return fate.isLeft ? [oddity('result-lost', body.spot(told.at), told.callee, { other: told.name })] : [];
  });
}

/** A loop whose every round sets the result, which is only looked at behind it: all but the last are lost. */
function lastRoundsOnly(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    const nodes = nodesIn(loop);
    // Who leaves the loop tells of the round that it leaves in.
    if (nodes.some(({ kind }) => kind === 'goto' || kind === 'return' || kind === 'break')) return [];
    const rows: readonly (readonly Statement[])[] = [
      [loop.body],
      ...sequencesIn(body).filter((row) => row.some((each) => contains(loop.body, each))),
    ];
    return rows.flat().flatMap((statement) => {
      const told = contains(loop.body, statement) ? toldBy(body, statement) : null;
      if (!told) return [];
      // Each other mention in the loop may be the test of it.
      const mentioned = nodes.filter((each) => each.kind === 'name' && each.name === told.name);
      if (mentioned.length > 1 || isInInnerLoop(body, loop, statement)) return [];
      const isReturned = body.flow.returns.some(
        ({ value, start }) => start > loop.end && value.kind === 'name' && value.name === told.name,
      );
      const isSetAgain = body.reading.nodes.some(
        (each) =>
          each.kind === 'assign' &&
          each.start > loop.end &&
          each.target.kind === 'name' &&
          each.target.name === told.name,
      );
      return isReturned && !isSetAgain
        ? [oddity('last-round-only', body.spot(told.at), told.callee, { other: told.name })]
        : [];
    });
  });
}

function isInInnerLoop(body: Body, outer: Statement, statement: Statement): boolean {
  return loopsIn(body).some((each) => each !== outer && contains(outer, each) && contains(each, statement));
}

function assigned(statement: Statement): Extract<Expression, { kind: 'assign' }> | null {
  const at = statement.kind === 'expression' ? statement.expression : null;
  return at?.kind === 'assign' && at.operator === '=' ? at : null;
}

const mentions = (statement: Statement, name: string): boolean =>
  nodesIn(statement).some((each) => each.kind === 'name' && each.name === name);

const mentionsIn = (value: Expression, name: string): boolean => namesIn(value).includes(name);

/** Where another way comes in, or this one may leave. */
function isJoint(statement: Statement): boolean {
  return nodesIn(statement).some(({ kind }) => kind === 'label' || kind === 'goto' || kind === 'return');
}
