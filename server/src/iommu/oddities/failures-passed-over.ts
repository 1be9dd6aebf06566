/** Failures after which a function goes on as if nothing had happened. */
import { contains } from '../../base/index.js';
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { commentsOf } from '../comments.js';
import { namesIn } from '../names.js';
import {
  assignmentsIn,
  type Call,
  callOf,
  errnoIn,
  exitOf,
  failedCall,
  ifsIn,
  loopsIn,
  nodesIn,
  sequencesIn,
  statementsOf,
  testOf,
} from '../shapes.js';
import { isMessage } from './messages.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { BRINGS_UP, LEAVES_UNSET, SETS_ANYWAY, SURE_GETTERS } from './untested.table.js';

export const PASSED_OVER: OddityReader = {
  around: [
    { words: /^(?:pr|dev|pci)_|^printk/, read: unsetAfterFailures },
    { words: null, read: ignoredErrnos },
    { words: null, read: unsetUnasked },
  ],
};

/** `ret = read_cap(dev, &cap); if (ret) dev_err(…); … cap …` where nobody has set `cap`. */
function unsetAfterFailures(body: Body, bodies: Bodies): OddityFact[] {
  const found = sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const test = testOf(statement.condition);
      if (test?.says !== 'set' && test?.says !== 'negative') return [];
      const call = failedCall(body, test.subject, statements[at - 1]);
      const messages = statementsOf(statement.consequence);
      if (!call || messages.length === 0 || !messages.every(isMessage)) return [];
      const name = calledName(call);
      if (name === null || SETS_ANYWAY.test(name)) return [];
      const result = test.subject.kind === 'assign' ? test.subject.target : test.subject;
      return call.args.flatMap((arg, index) => {
        if (arg.kind !== 'unary' || arg.operator !== '&' || arg.operand.kind !== 'name') return [];
        const out = arg.operand.name;
        if (!isUnset(body, out, call)) return [];
        const use = readAfter(body, out, statement, result.kind === 'name' ? result.name : null);
        const known = LEAVES_UNSET.test(name) ? true : leavesUnset(bodies.called(name, body), index);
        if (!use || known === false) return [];
        return [
          oddity('unset-after-failure', body.spot(use), out, {
            other: `${name} ${known ? 'known' : 'guessed'}`,
            related: [{ spot: body.spot(call), message: 'may fail without setting it' }],
          }),
        ];
      });
    }),
  );
  // One of a row of such getters stands for all.
  return found.slice(0, 1);
}

/** `of_property_read_u32(np, "levels", &levels);` as a statement, and `levels` has no value but what it gives. */
function unsetUnasked(body: Body, bodies: Bodies): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement) => {
      const isCall = statement.kind === 'expression' && statement.expression.kind === 'call';
      const call = isCall ? callOf(statement) : null;
      const name = call && calledName(call);
      if (!call || !name || SETS_ANYWAY.test(name) || SURE_GETTERS.has(name)) return [];
      return call.args.flatMap((arg, index) => {
        if (arg.kind !== 'unary' || arg.operator !== '&' || arg.operand.kind !== 'name') return [];
        const out = arg.operand.name;
        const isKnown = LEAVES_UNSET.test(name) || leavesUnset(bodies.called(name, body), index) === true;
        const use = isKnown && isUnset(body, out, call) ? readAfter(body, out, statement, null) : null;
        return use
          ? [
              oddity('unset-after-failure', body.spot(use), out, {
                other: `${name} known`,
                related: [{ spot: body.spot(call), message: 'may fail without setting it' }],
              }),
            ]
          : [];
      });
    }),
  );
}

/** Whether a local number or pointer is declared without a value and has got none by then. */
function isUnset(body: Body, name: string, call: Call): boolean {
  const declared = body.reading.nodes
    .flatMap((node) => (node.kind === 'declaration' && !node.isStatic ? node.declarators : []))
    .filter((each) => each.name === name);
  const [only] = declared;
  if (declared.length !== 1 || !only || only.initial || only.type.isArray) return false;
  if (/^(?:struct|union) /.test(only.type.base) && only.type.pointers === 0) return false;
  return !body.reading.nodes.some((node) => {
    if (node.start >= call.start || node.kind === 'declaration') return false;
    if (node.kind === 'assign') return node.target.kind === 'name' && node.target.name === name;
    return (
      node.kind === 'unary' &&
      node.operator === '&' &&
      namesIn(node.operand).includes(name) &&
      node.end <= call.start
    );
  });
}

/** The first read of a variable after a statement; null where it is set first, or read only when all went well. */
function readAfter(body: Body, name: string, after: Statement, result: string | null): Expression | null {
  for (const { node, under } of body.flow.steps) {
    if (node.start < after.end || !namesIn(node).includes(name)) continue;
    if (node.kind === 'assign' && node.target.kind === 'name' && node.target.name === name)
      return namesIn(node.value).includes(name) ? node.value : null;
    const isOut = body.reading.nodes.some(
      (each) => each.kind === 'unary' && each.operator === '&' && contains(each, node),
    );
    if (isOut || (node.kind === 'unary' && node.operator === '&')) return null;
    if (under.some((each) => result !== null && namesIn(each).includes(result))) return null;
    if (node.kind !== 'name') continue;
    // What stands left of an assignment is no read.
    const isTarget = body.reading.nodes.some(
      (each) => each.kind === 'assign' && each.operator === '=' && each.target === node,
    );
    return isTarget ? null : node;
  }
  return null;
}

/** Whether a function at hand may fail before it has set what a parameter points to; null where nobody can tell. */
function leavesUnset(callee: Body | null, at: number): boolean | null {
  if (!callee || callee.fn.item.missing.length > 0) return null;
  const parameter = callee.fn.item.parameters[at]?.name;
  if (parameter === undefined) return null;
  const failure = callee.flow.returns.find(({ value }) => errnoIn(value) !== null || value.kind === 'name');
  if (!failure) return false;
  const touches = callee.flow.steps.some(
    ({ node }) =>
      node.end <= failure.end &&
      ((node.kind === 'assign' && node.target.kind === 'unary' && namesIn(node.target).includes(parameter)) ||
        (node.kind === 'call' && node.args.some((arg) => namesIn(arg).includes(parameter)))),
  );
  return !touches;
}

/** Functions that take down, wait or tell: there is nothing to be done when they fail. */
const TAKES_DOWN =
  /free|release|destroy|remove|exit|clean|fini|tear_?down|(?:^|_)un(?:map|bind|register|pin|set|link|lock|do|wind|block|reserve|init|prepare)|(?:^|_)de(?:tach|init|queue|lete|activate|assert|alloc|config)|(?:^|_)(?:put|del|close|shutdown|disconnect|disable|undo|stop|flush|sync|inv|invalidate|invalidation|clear|drop|kill|drain|abort|suspend|revert|restore|rollback|off|quiesce|park|print|dump|show|log|report|notify|debugfs|wait|poll|test|try|maybe|respond|response|complete|handle|process|trace|warn|quirk)(?:_|$)/;

/** `toy_setup(toy);` where toy_setup() of the same file may fail, and so may the function itself. */
function ignoredErrnos(body: Body, bodies: Bodies): OddityFact[] {
  const { returns, name: own } = body.fn.item;
  if (returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(returns.base) || TAKES_DOWN.test(own)) return [];
  return body.flow.steps.flatMap(({ node, isDiscarded, under }) => {
    const name = isDiscarded && node.kind === 'call' ? calledName(node) : null;
    if (name === null || node.kind !== 'call' || TAKES_DOWN.test(name) || name === own) return [];
    const isOut = isOnWayOut(body, node) || under.some((each) => saysFailure(each));
    if (isOut || wasIgnored(body, node)) return [];
    if (BRINGS_UP.has(name)) return [oddity('errno-ignored', body.spot(node), name)];
    const fn = bodies.calledFunction(name, body);
    if (!fn || fn.unit.image.path.endsWith('.h')) return [];
    const isNear = fn.unit === body.fn.unit || (fn.unit.patch > 0 && fn.unit.patch === body.fn.unit.patch);
    if (!isNear || fn.item.returns.base !== 'int' || fn.item.returns.pointers > 0) return [];
    const errno = errnosOf(bodies.of(fn))[0] ?? (handsFailureOn(bodies.of(fn)) ? '' : undefined);
    if (errno === undefined || isExplained(body, node)) return [];
    // A last call that nothing builds on is for its effect alone.
    if (!isBuiltOn(body, node)) return [];
    return [oddity('errno-ignored', body.spot(node), name, { other: errno })];
  });
}

/** Whether the patch takes out the same call of what had another name, whose result was ignored too. */
function wasIgnored(body: Body, { args }: Call): boolean {
  const given = args.map((each) => body.text(each)).join(', ');
  return (
    given !== '' &&
    body.fn.unit.image.removed.some((line) => /^\s*\w+\(/.test(line) && line.trim().endsWith(`(${given});`))
  );
}

/** Whether a comment right above a call, or the loop that it is the body of, speaks of its failing. */
function isExplained(body: Body, { start }: Call): boolean {
  const { unit } = body.fn;
  const at = body.spot({ start, end: start }).span.start;
  const above = commentsOf(unit).findLast(({ end }) => end <= at);
  const words = above?.lines.map(({ text }) => text).join(' ') ?? '';
  if (!above || !/\b(?:fail|error|ignor|best[ -]effort|harmless|does(?:n't| not) matter)/i.test(words))
    return false;
  const between = unit.image.text.slice(above.end, at);
  return between.split('\n').length <= 3 && !/[;}]\s*\n/.test(between);
}

/** The error numbers that a function returns by name. */
function errnosOf(body: Body): readonly string[] {
  const direct = body.flow.returns.flatMap(({ value }) =>
    nodesIn(value).flatMap((each) => (each.kind === 'unary' ? (errnoIn(each) ?? []) : [])),
  );
  const returned = new Set(
    body.flow.returns.flatMap(({ value }) => (value.kind === 'name' ? [value.name] : [])),
  );
  const kept = assignmentsIn(body).flatMap(({ target, value }) =>
    returned.has(target) ? (errnoIn(value) ?? []) : [],
  );
  return [...direct, ...kept];
}

/** `if (x < 0) return x;`, or the result of a call that is returned when it is set. */
function handsFailureOn(body: Body): boolean {
  return ifsIn(body).some(({ condition, consequence }) => {
    const test = testOf(condition);
    const exit = exitOf(consequence);
    if (exit?.kind !== 'return' || !exit.value || !test) return false;
    const isSame = body.values.plain(exit.value) === body.values.plain(test.subject);
    const given = exit.value;
    const isResult =
      test.says === 'set' &&
      given.kind === 'name' &&
      /^(?:ret|err|error|rc)$/.test(given.name) &&
      assignmentsIn(body).some(({ target, value }) => target === given.name && value.kind === 'call');
    return isSame && (test.says === 'negative' || isResult);
  });
}

/** Whether a call stands where something has failed already: behind a label, or in a branch that leaves. */
function isOnWayOut(body: Body, call: Call): boolean {
  const isBehindLabel = body.reading.nodes.some((node) => node.kind === 'label' && node.start < call.start);
  return (
    isBehindLabel ||
    ifsIn(body).some(
      ({ consequence, alternative }) =>
        (contains(consequence, call) && leavesFailing(consequence)) ||
        (alternative !== null && contains(alternative, call) && leavesFailing(alternative)),
    )
  );
}

function leavesFailing(branch: Statement): boolean {
  const exit = exitOf(branch);
  return exit !== null;
}

function saysFailure(condition: Expression): boolean {
  return nodesIn(condition).some(
    (each) => each.kind === 'name' && /^(?:ret|err|error|rc|rv|status|result)$/.test(each.name),
  );
}

/** Whether something follows that is done because all went well. */
function isBuiltOn(body: Body, call: Call): boolean {
  if (loopsIn(body).some((each) => contains(each, call))) return true;
  return body.flow.steps.some(
    ({ node }) =>
      node.start > call.end &&
      ((node.kind === 'call' && !/unlock|^(?:kfree|put_device)$|^(?:dev|pr)_/.test(calledName(node) ?? '')) ||
        (node.kind === 'assign' && node.target.kind !== 'name')),
  );
}
