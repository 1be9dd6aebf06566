/** Answers of calls that are tested for a failure which these calls never tell like that. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import {
  assignmentsIn,
  errnoIn,
  exitOf,
  type If,
  ifsIn,
  statementsOf,
  type Test,
  testOf,
} from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { type Telling, TOLD } from './told-failures.table.js';

export const TOLD_FAILURES: OddityReader = { own: [untoldFailures, zerosAsErrors] };

/** What each telling is not: the outcome of a test behind which nothing, or what is no failure, comes. */
const NOT_SO: Readonly<Record<Telling, readonly Test['says'][]>> = {
  zero: ['negative'],
  negative: ['zero'],
  'negative-not-zero': ['zero', 'set'],
  'negative-above': ['set'],
  'at-limit': ['negative'],
};

/** `irq = irq_of_parse_and_map(…); if (irq < 0) return irq;`: it is zero when there is none. */
function untoldFailures(body: Body): OddityFact[] {
  return ifsIn(body).flatMap((node) => {
    const test = testOf(node.condition);
    if (!test || !isFailure(node)) return [];
    const name = sourceOf(body, test.subject);
    const told = name === null ? undefined : TOLD.get(name);
    if (name === null || !told || !NOT_SO[told.tells].includes(test.says)) return [];
    return [oddity('failure-not-told-so', body.spot(node.condition), name, { other: told.words })];
  });
}

/** Whether a branch gives up: it ends in a jump, or in a return of anything but success. */
function isFailure({ consequence }: If): boolean {
  const left = exitOf(consequence);
  if (left?.kind === 'goto') return /err|fail|free|undo|unwind|put|out|release|disable/i.test(left.label);
  if (left?.kind !== 'return' || !left.value) return false;
  return !/^(?:0|true|IRQ_HANDLED)$/.test(literalOf(left.value));
}

function literalOf(value: Expression): string {
  return value.kind === 'literal' ? value.text : value.kind === 'name' ? value.name : '';
}

/** The call whose answer is tested: in the test itself, or the last that the variable got before it. */
function sourceOf(body: Body, subject: Expression): string | null {
  if (subject.kind === 'call') return calledName(subject);
  if (subject.kind === 'assign') return calledName(subject.value);
  const text = body.values.plain(subject);
  const before = assignmentsIn(body).filter(({ target, at }) => target === text && at.start < subject.start);
  const last = before.at(-1);
  // With two of them in two branches it may be either.
  const first = before.at(-2);
  if (last && first && calledName(first.value) !== calledName(last.value) && isInBranch(body, last.at))
    return null;
  return last ? calledName(last.value) : null;
}

function isInBranch(body: Body, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const isOf = (each: { readonly start: number; readonly end: number } | null): boolean =>
    each !== null && each.start <= start && end <= each.end;
  return ifsIn(body).some(({ consequence, alternative }) => isOf(consequence) || isOf(alternative));
}

/** `left = wait_for_completion_timeout(…); if (!left) return left;`: the failure is handed on as success. */
function zerosAsErrors(body: Body): OddityFact[] {
  const { returns } = body.fn.item;
  if (returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(returns.base)) return [];
  const isTelling = body.flow.returns.some(({ value }) => isErrorOf(value));
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const test = testOf(condition);
    const only = statementsOf(consequence).at(-1);
    if (test?.says !== 'zero' || only?.kind !== 'return' || !only.value) return [];
    const name = sourceOf(body, test.subject);
    const told = name === null ? undefined : TOLD.get(name);
    const subject = body.values.plain(test.subject);
    if (name === null || told?.tells !== 'zero' || body.values.plain(only.value) !== subject) return [];
    if (!isTelling && !isAtEndZero(body)) return [];
    return [oddity('zero-as-error', body.spot(only.value), subject, { other: name })];
  });
}

const isErrorOf = (value: Expression): boolean => errnoIn(value) !== null;

/** Whether the function ends in `return 0`: success, then. */
function isAtEndZero(body: Body): boolean {
  const last = body.flow.returns.at(-1)?.value;
  return last?.kind === 'literal' && last.text === '0';
}
