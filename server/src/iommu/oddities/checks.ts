/** Tests of what is settled already: by the callee, by a list, by where a pointer comes from. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { ACQUIRES, RELEASES, WALKS } from '../kernel-api.table.js';
import {
  assignmentsIn,
  atomsOf,
  type Call,
  callOf,
  containerText,
  ifsIn,
  isZero,
  sequencesIn,
  statementsOf,
  testOf,
} from '../shapes.js';
import { DEBUGFS, NEVER_NULL, TAKES_NULL } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const CHECKS: OddityReader = {
  own: [guardedFrees, neverEmpty, emptyBeforeWalk, belowZero],
};

/** `if (p) kfree(p);` */
function guardedFrees(body: Body): OddityFact[] {
  return ifsIn(body).flatMap((node) => {
    const statements = statementsOf(node.consequence);
    const test = testOf(node.condition);
    if (node.alternative || statements.length !== 1 || test?.says !== 'set') return [];
    const [only] = statements;
    const call = only!.kind === 'expression' ? warnedOf(callOf(only!)) : null;
    const name = call ? calledName(call) : null;
    const argument = call?.args[0];
    if (!call || name === null || !argument || !TAKES_NULL.has(name)) return [];
    const subject = body.values.plain(test.subject);
    if (body.values.plain(argument) !== subject) return [];
    return [oddity('guarded-free', body.spot(node), subject, { other: name, instead: body.text(only!) })];
  });
}

/** `f(p)` of `WARN_ON(f(p))`. */
function warnedOf(call: Call | null): Call | null {
  const [inner] = call?.args ?? [];
  return inner?.kind === 'call' && /^WARN_ON(?:_ONCE)?$/.test(calledName(call!) ?? '') ? inner : call;
}

/** Tests for NULL of a pointer that cannot be NULL, and tests of what debugfs gave. */
function neverEmpty(body: Body): OddityFact[] {
  return body.flow.decisions.flatMap(({ condition }) =>
    atomsOf(condition).flatMap((atom) => {
      const test = testOf(atom);
      if (!test) return [];
      const { subject } = test;
      if (isAddress(subject))
        return [oddity('never-empty', body.spot(atom), body.values.plain(subject), { other: '&' })];
      // What is one of an array that a pointer leads to says nothing of that pointer.
      if (subject.kind === 'name' && test.says !== 'error') {
        const array = arrayOf(subject.name, body, atom.start);
        if (array) return [oddity('never-empty', body.spot(atom), subject.name, { other: `[${array}` })];
      }
      if (subject.kind !== 'name' || !body.scope.isLocal(subject.name)) return [];
      const sources = assignmentsIn(body).filter(({ target }) => target === subject.name);
      const name =
        sources.length === 1 && sources[0]!.at.start < atom.start ? calledName(sources[0]!.value) : null;
      if (name === null)
        return sources.length === 1 && isAddress(sources[0]!.value)
          ? [oddity('never-empty', body.spot(atom), subject.name, { other: '&' })]
          : [];
      const isPointless = NEVER_NULL.has(name) ? test.says !== 'error' : DEBUGFS.test(name);
      return isPointless ? [oddity('never-empty', body.spot(atom), subject.name, { other: name })] : [];
    }),
  );
}

/** `table->entries` of `entry = &table->entries[i]`, where that is all that the variable ever is; null for anything else. */
function arrayOf(name: string, body: Body, before: number): string | null {
  const sources = assignmentsIn(body).filter(({ target }) => target === name);
  const [source] = sources;
  if (sources.length !== 1 || !source || source.at.start > before || !body.scope.isLocal(name)) return null;
  const { value } = source;
  const isElement = value.kind === 'unary' && value.operator === '&' && value.operand.kind === 'index';
  return isElement && value.operand.kind === 'index' ? body.text(value.operand.object) : null;
}

/** `&x->member` with a member that the object embeds: an address, whatever x is. */
function isAddress(value: Expression): boolean {
  return value.kind === 'unary' && value.operator === '&' && value.operand.kind === 'member';
}

/** `if (list_empty(&l)) return;` or `if (!list_empty(&l))` with nothing but a walk over l behind it. */
function emptyBeforeWalk(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const asked = emptiness(statement.condition);
      if (!asked) return [];
      const list = containerText(body, asked.list);
      const leaves = statementsOf(statement.consequence);
      const left = leaves.at(-1);
      if (!left) return [];
      const isLeaving = left.kind === 'return' || left.kind === 'goto';
      if (asked.whenEmpty && (!isLeaving || !leaves.slice(0, -1).every(isPassive))) return [];
      const rest = asked.whenEmpty ? statements.slice(at + 1) : leaves;
      const walked = rest.find((each) => !isPassive(each));
      if (walked?.kind !== 'loop' || walkedList(walked, body) !== list) return [];
      const after = rest.slice(rest.indexOf(walked) + 1);
      const behind = after.find((each) => !isPassive(each));
      if (left.kind === 'goto' && !(behind?.kind === 'label' && behind.name === left.label)) return [];
      if (left.kind === 'return' && behind !== undefined && behind.kind !== 'return') return [];
      if (!isLeaving && behind !== undefined) return [];
      // Another answer for the empty list is what the test is for.
      const answer = left.kind === 'return' ? left.value : null;
      const usual = behind?.kind === 'return' ? behind.value : null;
      if (asked.whenEmpty && answer && (!usual || !answersAlike(body, answer, usual))) return [];
      return [oddity('empty-before-walk', body.spot(statement.condition), list, { other: walked.form })];
    }),
  );
}

function answersAlike(body: Body, a: Expression, b: Expression): boolean {
  if (body.values.plain(a) === body.values.plain(b)) return true;
  const initial = (value: Expression): string =>
    value.kind === 'name'
      ? (assignmentsIn(body).find(({ target }) => target === value.name) ?? { value }).value.kind === 'name'
        ? value.name
        : body.values.plain(
            (assignmentsIn(body).find(({ target }) => target === value.name) ?? { value }).value,
          )
      : body.values.plain(value);
  return initial(a) === initial(b);
}

function emptiness(condition: Expression): { readonly list: Expression; readonly whenEmpty: boolean } | null {
  if (condition.kind === 'unary' && condition.operator === '!') {
    const inner = emptiness(condition.operand);
    return inner && { ...inner, whenEmpty: !inner.whenEmpty };
  }
  const name = calledName(condition);
  if (name !== 'list_empty' && name !== 'hlist_empty' && name !== 'xa_empty') return null;
  const list = condition.kind === 'call' ? condition.args[0] : undefined;
  return list ? { list, whenEmpty: true } : null;
}

function walkedList(loop: Extract<Statement, { kind: 'loop' }>, body: Body): string | null {
  const row = WALKS.get(loop.form);
  const list = row && loop.header[row.container];
  return list ? containerText(body, list as Expression) : null;
}

/** Declarations, locks and assertions change nothing for a list. */
function isPassive(statement: Statement): boolean {
  if (statement.kind === 'declaration' || statement.kind === 'empty') return true;
  const name = statement.kind === 'expression' ? calledName(statement.expression) : null;
  return name !== null && (ACQUIRES.has(name) || RELEASES.has(name) || /^(?:lockdep_|rcu_read_)/.test(name));
}

const UNSIGNED =
  /^(?:unsigned(?: \w+)*|u8|u16|u32|u64|__u\d+|uint\d*_t|size_t|dma_addr_t|phys_addr_t|ioasid_t|bool)$/;

export function isUnsigned(type: { readonly base: string; readonly pointers: number }): boolean {
  return type.pointers === 0 && UNSIGNED.test(type.base);
}

/** `n < 0` of what is never below zero. */
function belowZero(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'binary' || !['<', '>=', '<='].includes(node.operator) || !isZero(node.right))
      return [];
    if (node.right.kind !== 'literal' || !isUnsigned(body.scope.typeOf(node.left))) return [];
    if (node.left.kind !== 'name' && node.left.kind !== 'member') return [];
    const type = body.scope.typeOf(node.left).base;
    if (node.operator === '<=') {
      const instead = `${body.text(node.left)} == 0`;
      return [oddity('unsigned-at-most-zero', body.spot(node), instead, { other: type, instead })];
    }
    return [oddity('unsigned-below-zero', body.spot(node), body.values.plain(node.left), { other: type })];
  });
}
