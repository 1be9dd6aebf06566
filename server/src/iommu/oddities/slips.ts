/** Lines that were copied and not made to fit: the test of another variable, the same on both sides, the size of a pointer. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { ALLOCATES } from '../kernel-api.table.js';
import { namesIn } from '../names.js';
import { callOf, errnoIn, exitOf, ifsIn, nodesIn, sequencesIn, testOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const SLIPS: OddityReader = { own: [errorsOfOthers, testsOfOthers, sameSides, pointerSizes] };

/** `if (IS_ERR(a)) return PTR_ERR(b);` */
function errorsOfOthers(body: Body): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const test = testOf(condition);
    if (test?.says !== 'error') return [];
    const tested = body.values.plain(test.subject);
    const told = nodesIn(consequence).filter((node) => calledName(node) === 'PTR_ERR');
    const texts = told.map((node) =>
      node.kind === 'call' && node.args[0] ? body.values.plain(node.args[0]) : '',
    );
    if (told.length !== 1 || test.subject.kind === 'assign' || texts[0] === tested || texts[0] === '')
      return [];
    // What the branch itself makes may fail as well.
    if (assigns(body, consequence, texts[0]!)) return [];
    return [
      oddity('error-of-another', body.spot(told[0]!), texts[0]!, {
        other: tested,
        instead: `PTR_ERR(${tested})`,
      }),
    ];
  });
}

function assigns(body: Body, node: Statement, text: string): boolean {
  return nodesIn(node).some((each) => each.kind === 'assign' && body.values.plain(each.target) === text);
}

/** `b = kzalloc(…); if (!a) return -ENOMEM;` */
function testsOfOthers(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const call = callOf(statement);
      if (!call || !ALLOCATES.has(calledName(call) ?? '')) return [];
      if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return [];
      const made = body.values.plain(statement.expression.target);
      const next = statements[at + 1];
      const test = next?.kind === 'if' ? testOf(next.condition) : null;
      if (next?.kind !== 'if' || test?.says !== 'zero' || !tellsNoMemory(next.consequence)) return [];
      const tested = body.values.plain(test.subject);
      if (tested === made || mentions(next.condition, made, body) || isTestedSomewhere(body, made)) return [];
      return [
        oddity('test-of-another', body.spot(next.condition), tested, {
          other: made,
          related: [{ spot: body.spot(statement), message: 'what was allocated' }],
        }),
      ];
    }),
  );
}

function tellsNoMemory(branch: Statement): boolean {
  const left = exitOf(branch);
  const values = nodesIn(branch).flatMap((node) =>
    node.kind === 'return' ? [node.value] : node.kind === 'assign' ? [node.value] : [],
  );
  return (
    left !== null &&
    values.some((value) => errnoIn(value) === 'ENOMEM' || (value?.kind === 'name' && value.name === 'NULL'))
  );
}

function mentions(node: Expression, text: string, body: Body): boolean {
  return nodesIn(node).some((each) => body.values.plain(each as Expression) === text);
}

function isTestedSomewhere(body: Body, text: string): boolean {
  return body.flow.decisions.some(({ condition }) => mentions(condition, text, body));
}

const SAME: ReadonlySet<string> = new Set(['&&', '||', '==', '!=', '<', '>', '<=', '>=', '-', '^', '&', '|']);

/** The same on both sides of an operator that makes no sense of it. */
function sameSides(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'binary' || !SAME.has(node.operator)) return [];
    const { left, right } = node;
    // Constants are often the same for one configuration alone, and a call may answer differently.
    if (
      namesIn(left).length === 0 ||
      nodesIn(node).some((each) => each.kind === 'call' || each.kind === 'update')
    )
      return [];
    if (namesIn(node).every((name) => /^[A-Z0-9_]+$/.test(name))) return [];
    if (body.values.plain(left) !== body.values.plain(right)) return [];
    return [oddity('same-sides', body.spot(node), body.text(left), { other: node.operator })];
  });
}

/** Calls that fill memory of a size, with the argument that is the memory and the one that is the size. */
const FILLS_SIZE: ReadonlyMap<string, readonly [memory: number, size: number]> = new Map([
  ['memset', [0, 2]],
  ['memcpy', [0, 2]],
  ['memcmp', [0, 2]],
  ['copy_from_user', [0, 2]],
  ['copy_to_user', [1, 2]],
]);

/** `p = kzalloc(sizeof(p), …)`, `memset(p, 0, sizeof(p))` */
function pointerSizes(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind === 'assign' && node.value.kind === 'call' && ALLOCATES.has(calledName(node.value) ?? ''))
      return node.value.args.flatMap((arg) => sizeOf(arg, node.target, body));
    const row = node.kind === 'call' ? FILLS_SIZE.get(calledName(node) ?? '') : undefined;
    const [memory, size] = row && node.kind === 'call' ? [node.args[row[0]], node.args[row[1]]] : [];
    return memory && size ? sizeOf(size, memory, body) : [];
  });
}

function sizeOf(size: Expression, memory: Expression, body: Body): OddityFact[] {
  if (size.kind !== 'sizeof' || !size.operand) return [];
  const text = body.values.plain(size.operand).replace(/^\((.*)\)$/, '$1');
  if (text !== body.values.plain(memory)) return [];
  const { base, pointers } = body.scope.typeOf(memory);
  if (base === '' || pointers !== 1 || isArray(body, memory)) return [];
  return [oddity('size-of-pointer', body.spot(size), text, { instead: `sizeof(*${text})` })];
}

/** Whether it is an array, whose size is that of all of it. */
function isArray(body: Body, memory: Expression): boolean {
  if (memory.kind === 'name')
    return body.reading.locals.get(memory.name)?.isArray === true || !body.scope.isLocal(memory.name);
  // What is a member may be an array in it.
  return true;
}
