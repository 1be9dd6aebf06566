/** Shapes of C that many readers ask for: what a condition tests, where a statement leads, what a value is. */
import type { Span } from '../base/index.js';
import { type AnyNode, calledName, type Expression, type Statement, walk } from '../syntax/index.js';
import type { Body } from './body.js';

export type Call = Extract<Expression, { kind: 'call' }>;
export type If = Extract<Statement, { kind: 'if' }>;
export type Loop = Extract<Statement, { kind: 'loop' }>;

/** What a condition says of its subject when it is true. */
export interface Test {
  readonly subject: Expression;
  /** `negative`: below zero; `error`: an error pointer. */
  readonly says: 'zero' | 'set' | 'negative' | 'error';
}

/** The one thing that a plain condition tests; null for anything more involved. */
export function testOf(condition: Expression): Test | null {
  switch (condition.kind) {
    case 'unary': {
      if (condition.operator !== '!') return null;
      const inner = testOf(condition.operand);
      if (inner?.says === 'set') return { ...inner, says: 'zero' };
      return inner?.says === 'zero' ? { ...inner, says: 'set' } : null;
    }
    case 'binary':
      return comparisonOf(condition.operator, condition.left, condition.right);
    case 'assign':
      return { subject: condition, says: 'set' };
    case 'call': {
      const name = calledName(condition);
      const first = condition.args[0];
      if (first && (name === 'likely' || name === 'unlikely' || name?.startsWith('WARN_ON')))
        return testOf(first);
      if (first && (name === 'IS_ERR' || name === 'IS_ERR_VALUE')) return { subject: first, says: 'error' };
      return { subject: condition, says: 'set' };
    }
    case 'name':
    case 'member':
    case 'index':
      return { subject: condition, says: 'set' };
    default:
      return null;
  }
}

function comparisonOf(operator: string, left: Expression, right: Expression): Test | null {
  if (!isZero(right)) return null;
  if (operator === '<') return { subject: left, says: 'negative' };
  if (operator !== '==' && operator !== '!=') return null;
  return { subject: left, says: operator === '==' ? 'zero' : 'set' };
}

export function isNull(value: Expression): boolean {
  return value.kind === 'name' && value.name === 'NULL';
}

export function isZero(value: Expression): boolean {
  return (
    (value.kind === 'literal' && /^0[uUlL]*$/.test(value.text)) ||
    isNull(value) ||
    (value.kind === 'name' && value.name === 'false')
  );
}

/** The error number that a value hands out, as `-EINVAL` or `ERR_PTR(-EINVAL)` names it. */
export function errnoIn(value: Expression | null): string | null {
  if (!value) return null;
  if (calledName(value) === 'ERR_PTR' && value.kind === 'call') return errnoIn(value.args[0] ?? null);
  if (value.kind !== 'unary' || value.operator !== '-' || value.operand.kind !== 'name') return null;
  return /^E[A-Z][A-Z0-9]+$/.test(value.operand.name) ? value.operand.name : null;
}

/** The statements of a branch. */
export function statementsOf(node: Statement): readonly Statement[] {
  return node.kind === 'compound' ? node.statements : [node];
}

/** Every run of statements in a body that follow one another. */
export function sequencesIn(body: Body): readonly (readonly Statement[])[] {
  return body.kept(sequencesIn, () =>
    body.reading.nodes.flatMap((node) =>
      node.kind === 'compound' ? [node.statements] : node.kind === 'case' ? [node.body] : [],
    ),
  );
}

/** The call that a statement is, or whose result it stores. */
export function callOf(statement: Statement): Call | null {
  if (statement.kind === 'expression') return callIn(statement.expression);
  if (statement.kind !== 'declaration') return null;
  const initial = statement.declarators[0]?.initial;
  return initial ? callIn(initial) : null;
}

function callIn(value: Expression): Call | null {
  if (value.kind === 'call') return value;
  return value.kind === 'assign' && value.operator === '=' ? callIn(value.value) : null;
}

/** The call whose result a test asks about: within the test, or in the statement before it. */
export function failedCall(body: Body, subject: Expression, before: Statement | undefined): Call | null {
  if (subject.kind === 'assign') return failedCall(body, subject.value, undefined);
  if (subject.kind === 'call') return subject;
  if (before?.kind !== 'expression' || before.expression.kind !== 'assign') return null;
  const isIt = body.values.plain(before.expression.target) === body.values.plain(subject);
  return isIt ? callOf(before) : null;
}

/** The last statement of a branch, when it leaves: `return`, `goto`, `break` or `continue`. */
export function exitOf(branch: Statement): Statement | null {
  const last = statementsOf(branch).at(-1);
  return last && ['return', 'goto', 'break', 'continue'].includes(last.kind) ? last : null;
}

/** All nodes below one, itself included, parts first. */
export function nodesIn(node: AnyNode): readonly AnyNode[] {
  const nodes: AnyNode[] = [];
  walk(node, (each) => nodes.push(each));
  return nodes;
}

const calledBelow = new WeakMap<AnyNode, ReadonlySet<string>>();

/** The names of the functions that are called below a node. */
export function callsBelow(node: AnyNode): ReadonlySet<string> {
  const known = calledBelow.get(node);
  if (known) return known;
  const names = new Set<string>();
  walk(node, (each) => {
    const name = calledName(each);
    if (name !== null) names.add(name);
  });
  calledBelow.set(node, names);
  return names;
}

/** The ifs of a body. */
export function ifsIn(body: Body): readonly If[] {
  return body.kept(ifsIn, () => body.reading.nodes.filter((node): node is If => node.kind === 'if'));
}

/** The label of that name. */
export function labelIn(body: Body, name: string): AnyNode | undefined {
  return body.reading.nodes.find((node) => node.kind === 'label' && node.name === name);
}

/** The loops of a body. */
export function loopsIn(body: Body): readonly Loop[] {
  return body.kept(loopsIn, () => body.reading.nodes.filter((node): node is Loop => node.kind === 'loop'));
}

/** A place that is assigned to, with what it gets. */
interface Assigned {
  readonly node: AnyNode;
  readonly target: string;
  readonly value: Expression;
  readonly at: Span;
}

/** What `&&` and `||` combine. */
export function atomsOf(condition: Expression): readonly Expression[] {
  if (condition.kind !== 'binary' || (condition.operator !== '&&' && condition.operator !== '||'))
    return [condition];
  return [...atomsOf(condition.left), ...atomsOf(condition.right)];
}

/** What one run of `&&` or of `||` combines. */
export function operandsOf(condition: Expression, operator?: string): readonly Expression[] {
  if (condition.kind !== 'binary' || (condition.operator !== '&&' && condition.operator !== '||'))
    return [condition];
  if (operator !== undefined && condition.operator !== operator) return [condition];
  return [
    ...operandsOf(condition.left, condition.operator),
    ...operandsOf(condition.right, condition.operator),
  ];
}

/** Assignments and initialisers. */
export function assignmentsIn(body: Body): readonly Assigned[] {
  return body.kept(assignmentsIn, () =>
    body.reading.nodes.flatMap((node): Assigned[] => {
      if (node.kind === 'assign' && node.operator === '=')
        return [{ node, target: body.values.plain(node.target), value: node.value, at: node }];
      if (node.kind !== 'declaration') return [];
      return node.declarators.flatMap((each) =>
        each.initial ? [{ node, target: each.name, value: each.initial, at: each }] : [],
      );
    }),
  );
}

/** `&group->devices` and `group->devices` name one container. */
export function containerText(body: Body, value: Expression): string {
  return body.values.plain(value).replace(/^&/, '');
}
