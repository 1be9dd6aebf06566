/** What a function does with the outcome of a call: the way of a failure taken on success, and a failure that only the log hears of. */
import type { Span } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import {
  atomsOf,
  callOf,
  errnoIn,
  exitOf,
  failedCall,
  type If,
  ifsIn,
  nodesIn,
  sequencesIn,
  statementsOf,
  testOf,
} from '../shapes.js';
import { UNDOES } from './exits.js';
import { levelOf } from './messages.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { GIVES_NULL } from './untested.table.js';

export const OUTCOMES: OddityReader = { own: [successesThatLeave, memoryTakenForNone, failuresOnlyLogged] };

/** The variable that a statement sets to the result of a call. */
function resultOf(statement: Statement | undefined): string | null {
  if (statement?.kind !== 'expression' || statement.expression.kind !== 'assign') return null;
  const { target, value, operator } = statement.expression;
  return operator === '=' && target.kind === 'name' && value.kind === 'call' ? target.name : null;
}

/** What is zero on success by its name. */
const RESULT = /^(?:ret|rc|err|error|retval|res|r)$/;

/** Names of ways out that nobody takes on success. */
const OF_ERRORS = /(?:^|_)(?:err|error|fail|failed|unwind|undo|abort|rollback)(?:_|\d|$)/;

/** `ret = enable(x); if (!ret) goto err_free;`, where the other tests of the function go there for a failure. */
function successesThatLeave(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const name = resultBefore(statements, at);
      if (name === null || !isTestOf(statement.condition, name, ['zero'])) return [];
      if (!isNumber(body, name)) return [];
      const [only, ...more] = statementsOf(statement.consequence);
      const others = testsBeside(body, statement, name);
      if (!only || more.length > 0 || !leavesAsAfterFailure(only, name, others)) return [];
      // A second way, tried when the first one fails, is told by a plain zero, or has nobody who fails beside it.
      const isError =
        only.kind === 'goto' && OF_ERRORS.test(only.label) && others.length === 0 && RESULT.test(name);
      if (!(isError || isOddOneOut(others, name)) || isReadNext(statements.slice(at + 1), name)) return [];
      return [oddity('success-leaves', body.spot(statement.condition), name, { instead: name })];
    }),
  );
}

/** `p = kzalloc(…); if (p) return -ENOMEM;` */
function memoryTakenForNone(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const test = testOf(statement.condition);
      const before = statements[at - 1];
      const call = test && failedCall(body, test.subject, before);
      if (test?.says !== 'set' || !call || !GIVES_NULL.has(calledName(call) ?? '')) return [];
      const saysNoMemory = nodesIn(statement.consequence).some(
        (node) => node.kind === 'unary' && errnoIn(node) === 'ENOMEM',
      );
      const subject = test.subject.kind === 'assign' ? test.subject.target : test.subject;
      return saysNoMemory
        ? [oddity('success-leaves', body.spot(statement.condition), body.text(subject), { other: 'memory' })]
        : [];
    }),
  );
}

/** The variable of the last result before a place, with nothing but other calls between. */
function resultBefore(statements: readonly Statement[], at: number): string | null {
  for (let before = at - 1; before >= Math.max(0, at - 3); before--) {
    const statement = statements[before]!;
    const name = resultOf(statement);
    if (name !== null) return name;
    if (statement.kind !== 'expression' || statement.expression.kind !== 'call') return null;
  }
  return null;
}

/** Of a pointer zero is the failure. */
function isNumber(body: Body, name: string): boolean {
  const { base, pointers } = body.reading.locals.get(name) ?? { base: '', pointers: 0 };
  return pointers === 0 && /^(?:int|long|ssize_t)$/.test(base);
}

function leavesAsAfterFailure(statement: Statement, name: string, others: readonly If[]): boolean {
  if (statement.kind === 'goto') {
    const { label } = statement;
    const isSame = (each: If): boolean => {
      const exit = exitOf(each.consequence);
      return exit?.kind === 'goto' && exit.label === label && asks(each, name, ['set', 'negative']);
    };
    return UNDOES.test(label) || OF_ERRORS.test(label) || others.some(isSame);
  }
  return statement.kind === 'return' && statement.value?.kind === 'name' && statement.value.name === name;
}

/** The other tests of a variable in the function. */
function testsBeside(body: Body, odd: If, name: string): readonly If[] {
  return ifsIn(body).filter((each) => each !== odd && asks(each, name, ['zero', 'set', 'negative']));
}

/** Whether the other tests ask for a failure, and some of them leave then. */
function isOddOneOut(others: readonly If[], name: string): boolean {
  return (
    others.every((each) => asks(each, name, ['set', 'negative'])) &&
    others.some(({ consequence }) => leaves(consequence))
  );
}

function leaves(branch: Statement): boolean {
  const exit = exitOf(branch);
  return exit?.kind === 'return' || exit?.kind === 'goto' || exit?.kind === 'break';
}

/** Whether a condition, or one part of it, says so of the variable. */
function asks({ condition }: If, name: string, says: readonly string[]): boolean {
  return atomsOf(condition).some((atom) => isTestOf(atom, name, says));
}

function isTestOf(condition: Expression, name: string, says: readonly string[]): boolean {
  const test = testOf(condition);
  return test?.subject.kind === 'name' && test.subject.name === name && says.includes(test.says);
}

/** Whether the value that a variable has is looked at before another one takes its place; null when neither comes. */
function isReadNext(rest: readonly Statement[], name: string): boolean | null {
  for (const each of rest) {
    const nodes = nodesIn(each);
    const first = nodes.filter((node) => node.kind === 'name' && node.name === name).sort(byStart)[0];
    // What stands behind is for those who come by a label.
    if (!first && (each.kind === 'return' || each.kind === 'goto')) return null;
    if (!first) continue;
    return !nodes.some(
      (node) => node.kind === 'assign' && node.operator === '=' && node.target.start === first.start,
    );
  }
  return null;
}

function byStart(a: Span, b: Span): number {
  return a.start - b.start;
}

/** `ret = enable(x); if (ret) { dev_err(…); } ret = start(x);`, where each other failure of the function leaves. */
function failuresOnlyLogged(body: Body): OddityFact[] {
  const { base, pointers } = body.fn.item.returns;
  if (pointers > 0 || base === 'void' || base === 'bool') return [];
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const name = resultOf(statements[at - 1]);
      if (name === null || !asks(statement, name, ['set', 'negative'])) return [];
      const [only, ...more] = statementsOf(statement.consequence);
      if (!only || more.length > 0 || !/^(?:emerg|alert|crit|err)$/.test(levelOf(only) ?? '')) return [];
      if (isReadNext(statements.slice(at + 1), name) !== false) return [];
      const others = ifsIn(body).filter(
        (each) => each !== statement && asks(each, name, ['set', 'negative']),
      );
      if (others.length < 2 || !others.every(({ consequence }) => leaves(consequence))) return [];
      const call = callOf(statements[at - 1]!);
      return [
        oddity('failure-only-logged', body.spot(callOf(only) ?? only), name, {
          other: (call && calledName(call)) ?? '',
          related: [{ spot: body.spot(statements[at - 1]!), message: 'what failed' }],
        }),
      ];
    }),
  );
}
