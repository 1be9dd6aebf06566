/** Tests whose outcome a test before them has settled: nothing in between gives the variable another value. */
import { contains, type Span } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { atomsOf, exitOf, ifsIn, nodesIn, sequencesIn, statementsOf, type Test, testOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const DECIDED: OddityReader = { own: [decidedAlready] };

/** What holds of a variable in some statements. */
interface Known {
  readonly name: string;
  readonly isSet: boolean;
  /** The test that says so. */
  readonly by: Expression;
}

function decidedAlready(body: Body): OddityFact[] {
  const steady = steadyNames(body);
  const found = new Map<Expression, OddityFact>();
  const see = (known: readonly Known[], within: readonly Statement[]): void => {
    for (const each of known) {
      const tests = steady.has(each.name) ? testsOf(each, within, body) : nextTests(each, within);
      for (const atom of tests) if (!found.has(atom)) found.set(atom, settled(atom, each, body));
    }
  };
  for (const { condition, consequence, alternative } of ifsIn(body)) {
    see(knownWhen(condition, true), statementsOf(consequence));
    if (alternative) see(knownWhen(condition, false), statementsOf(alternative));
  }
  for (const statements of sequencesIn(body))
    statements.forEach((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return;
      const left = exitOf(statement.consequence);
      if (left?.kind === 'return' || left?.kind === 'goto')
        see(knownWhen(statement.condition, false), statements.slice(at + 1));
    });
  // A warning needs a condition, and says best what went wrong with the one that did.
  const warnings = body.reading.nodes.filter((node) => /^WARN/.test(calledName(node) ?? ''));
  return [...found].flatMap(([atom, fact]) => (warnings.some((each) => contains(each, atom)) ? [] : [fact]));
}

function settled(atom: Expression, { name, isSet, by }: Known, body: Body): OddityFact {
  return oddity('decided-already', body.spot(atom), name, {
    other: isSet ? 'set' : 'zero',
    related: [{ spot: body.spot(by), message: 'the test that settles it' }],
  });
}

/** Variables of the function that nothing but its own assignments changes. */
function steadyNames(body: Body): ReadonlySet<string> {
  const names = new Set<string>();
  const taken = new Set<string>();
  for (const node of body.reading.nodes) {
    if (node.kind === 'name' && body.scope.isLocal(node.name)) names.add(node.name);
    if (node.kind === 'unary' && node.operator === '&' && node.operand.kind === 'name')
      taken.add(node.operand.name);
    // A macro may set what it is given.
    if (node.kind === 'call' && maySet(calledName(node) ?? ''))
      for (const arg of node.args) if (arg.kind === 'name') taken.add(arg.name);
  }
  for (const name of taken) names.delete(name);
  return names;
}

/** Whether it may be a macro that sets what it is given. */
function maySet(called: string): boolean {
  return /^[A-Z]/.test(called) ? !HARMLESS.test(called) : SETTERS.test(called);
}

const SETTERS =
  /^(?:(?:__|unsafe_)?get_user|\w*poll_timeout\w*|\w*irq_?save|\w*for_each\w*|do_div|swap|check_\w+_overflow|rdmsr\w*|wait_event\w*)$/;

const HARMLESS = /^(?:WARN|BUG|IS_ERR|PTR_ERR|ERR_PTR|ERR_CAST|DIV_|ALIGN|BIT|FIELD_|PAGE_|PFN_|READ_ONCE)/;

/** What is known once the condition has come out so. */
function knownWhen(condition: Expression, isTrue: boolean): readonly Known[] {
  if (condition.kind === 'binary' && condition.operator === (isTrue ? '&&' : '||'))
    return [...knownWhen(condition.left, isTrue), ...knownWhen(condition.right, isTrue)];
  const test = plainTest(condition);
  return test ? [{ name: test.name, isSet: test.isSet === isTrue, by: condition }] : [];
}

function plainTest(condition: Expression): { readonly name: string; readonly isSet: boolean } | null {
  const test: Test | null = condition.kind === 'assign' ? null : testOf(condition);
  if (test?.subject.kind !== 'name' || (test.says !== 'set' && test.says !== 'zero')) return null;
  return { name: test.subject.name, isSet: test.says === 'set' };
}

/** Tests of the same variable in statements where it is known, up to where it may get another value. */
function testsOf({ name, by }: Known, statements: readonly Statement[], body: Body): readonly Expression[] {
  const tests: Expression[] = [];
  for (const statement of statements) {
    const nodes = nodesIn(statement);
    // Who jumps here has not come by the test.
    if (nodes.some(({ kind }) => kind === 'label' || kind === 'case')) break;
    const isChanged = nodes.some((node) => isChange(node, name, body));
    if (isChanged && nodes.some(({ kind }) => kind === 'loop')) break;
    const end = isChanged
      ? Math.min(...nodes.filter((node) => isChange(node, name, body)).map(startOf))
      : null;
    for (const node of nodes) {
      const asked = askedBy(node);
      if (!asked || contains(node, by)) continue;
      for (const atom of askedIn(asked))
        if (plainTest(atom)?.name === name && (end === null || atom.end <= end)) tests.push(atom);
    }
    if (isChanged) break;
  }
  return tests;
}

/** Those of the very next statement: whoever else has the variable gets no turn before it. */
function nextTests({ name }: Known, [next]: readonly Statement[]): readonly Expression[] {
  const node = next?.kind === 'expression' ? next.expression : next;
  const asked = node ? askedBy(node) : null;
  const [first] = asked ? askedIn(asked) : [];
  return first && plainTest(first)?.name === name ? [first] : [];
}

/** The condition of a branch, or of a warning. */
function askedBy(node: ReturnType<typeof nodesIn>[number]): Expression | null {
  if (node.kind === 'if') return node.condition;
  return node.kind === 'call' && /^WARN/.test(calledName(node) ?? '') ? (node.args[0] ?? null) : null;
}

function startOf({ start }: Span): number {
  return start;
}

function isChange(node: ReturnType<typeof nodesIn>[number], name: string, body: Body): boolean {
  if (node.kind === 'assign') return node.target.kind === 'name' && node.target.name === name;
  if (node.kind === 'update') return node.operand.kind === 'name' && node.operand.name === name;
  if (node.kind === 'loop' && /each|scoped/.test(node.form)) return body.text(node).includes(name);
  return node.kind === 'declaration' && node.declarators.some((each) => each.name === name);
}

/** What a condition asks, but for its warnings. */
function askedIn(condition: Expression): readonly Expression[] {
  return atomsOf(condition).filter((each) => calledName(each)?.startsWith('WARN') !== true);
}
