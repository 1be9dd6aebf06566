/** Ways out of a function that undo nothing, or undo what was never made, beside others that do it right. */
import { contains, type Span } from '../../base/index.js';
import { type AnyNode, calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { ALLOCATES, FREES } from '../kernel-api.table.js';
import {
  assignmentsIn,
  type Call,
  callsBelow,
  errnoIn,
  exitOf,
  failedCall,
  labelIn,
  nodesIn,
  testOf,
} from '../shapes.js';
import { ERROR_POINTERS_TAKEN } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { FAILS, isGivenAway } from './unwinds.js';

export const EXITS: OddityReader = {
  own: [returnsAmongGotos, errorPointersFreed],
  around: [{ words: null, read: labelsNobodyGoesTo }],
};

/** Undoes what was done: told by its name. */
export const UNDOES =
  /(?:^|_)(?:k?v?free|put|release|unregister|disable|destroy|unmap|detach|erase|unprepare|remove|iounmap|unwind|cleanup|exit|fini|teardown|unbind|del|stop|halt|close|cancel|clear|undo|restore|reset|abort|drain|kill|deinit)(?:_|$)/;

/** A way out of the function for a failure, with the statements that surely ran before it. */
interface Exit {
  readonly left: Extract<Statement, { kind: 'return' | 'goto' }>;
  readonly branch: Statement;
  readonly condition: Expression;
  /** Where it stands in each row of statements around it, the outermost first. */
  readonly rows: readonly { readonly row: readonly Statement[]; readonly at: number }[];
}

/** `return ret;` after failures that already went to the unwinding. */
function returnsAmongGotos(body: Body): OddityFact[] {
  const exits = exitsIn(body.block.statements, []);
  return exits.flatMap((exit) => {
    const { left, condition } = exit;
    if (left.kind !== 'return' || !isFailing(left.value, condition, body)) return [];
    const before = exits.filter((each) => each !== exit && unwinds(body, each) && isBefore(each, exit));
    // One alone may have been about what this one has no part in.
    const isBetween = exits.some((each) => each !== exit && unwinds(body, each) && isBefore(exit, each));
    const isOneOfMany = before.length > 1 || (before.length > 0 && isBetween);
    const earlier = isOneOfMany
      ? before.at(-1)
      : exits.findLast((each) => unwinds(body, each) && isFreedAlone(body, each, exit));
    const label = earlier && labelOf(body, earlier);
    if (!earlier || !label) return [];
    const undo = undoneFrom(body, label.start);
    if (undoesItself(exit, before, undo)) return [];
    if (isUndoneBetween(body, earlier, exit, label.start)) return [];
    return [
      oddity('return-skips-unwind', body.spot(left), earlier.left.kind === 'goto' ? earlier.left.label : '', {
        other: undo[0]!,
        related: [{ spot: body.spot(earlier.left), message: 'an earlier failure unwinds' }],
      }),
    ];
  });
}

/** Whether a way out undoes something by itself; not where others do that as well, and go on to what else is to be undone. */
function undoesItself({ branch }: Exit, before: readonly Exit[], undo: readonly string[]): boolean {
  const own = undoesIn(branch);
  if (own.length === 0) return false;
  return own.some((name) => undo.includes(name)) || !before.some((each) => undoesIn(each.branch).length > 0);
}

function undoesIn(branch: Statement): string[] {
  return [...callsBelow(branch)].filter((name) => UNDOES.test(name));
}

/**
 * Whether what a label frees is the function's own until the second way out: it allocated it before the first, and no more
 * was done with it but by the call that failed. Who fails keeps nothing.
 */
function isFreedAlone(body: Body, earlier: Exit, exit: Exit): boolean {
  const label = labelOf(body, earlier);
  if (!label || earlier.branch.end > exit.branch.start) return false;
  const freed = body.reading.nodes.flatMap((node) =>
    node.start >= label.start && node.kind === 'call' && FREES.has(calledName(node) ?? '')
      ? node.args.flatMap((arg) => (arg.kind === 'name' && body.scope.isLocal(arg.name) ? [arg.name] : []))
      : [],
  );
  const { row, at } = exit.rows.at(-1)!;
  const failing = row[at - 1];
  const asked = testOf(exit.condition);
  const isAsked =
    failing !== undefined && asked !== null && failedCall(body, asked.subject, failing) !== null;
  return freed.some((name) => {
    const [only, ...others] = assignmentsIn(body).filter(({ target }) => target === name);
    if (!only || others.length > 0 || !ALLOCATES.has(calledName(only.value) ?? '')) return false;
    if (only.at.start > earlier.branch.start || !runsBefore(exit, only.at)) return false;
    const until = isAsked ? failing.start : exit.branch.start;
    return !isGivenAway(body, name, only.at.end, until);
  });
}

/** Whether something stands as a statement of its own in a row around a way out, and before it. */
function runsBefore({ rows }: Exit, node: Span): boolean {
  return rows.some(({ row, at }) =>
    row
      .slice(0, at)
      .some((each) => ['expression', 'declaration'].includes(each.kind) && contains(each, node)),
  );
}

function exitsIn(statements: readonly Statement[], around: Exit['rows']): Exit[] {
  return statements.flatMap((statement, at) => {
    const rows = [...around, { row: statements, at }];
    switch (statement.kind) {
      case 'if': {
        const left = exitOf(statement.consequence);
        const here: Exit[] =
          left?.kind === 'return' || left?.kind === 'goto'
            ? [{ left, branch: statement.consequence, condition: statement.condition, rows }]
            : [];
        const inner = [statement.consequence, statement.alternative].flatMap((each) =>
          each?.kind === 'compound' ? exitsIn(each.statements, rows) : each ? exitsIn([each], rows) : [],
        );
        return [...here, ...inner];
      }
      case 'compound':
        return exitsIn(statement.statements, rows);
      case 'loop':
        return statement.body.kind === 'compound' ? exitsIn(statement.body.statements, rows) : [];
      default:
        return [];
    }
  });
}

/** Whether one stands in a row around the other, or in the same, and before it. */
function isBefore(one: Exit, other: Exit): boolean {
  const own = one.rows.at(-1)!;
  return other.rows.some(({ row, at }) => row === own.row && own.at < at);
}

function labelOf(body: Body, { left }: Exit): AnyNode | undefined {
  return left.kind === 'goto' ? labelIn(body, left.label) : undefined;
}

function unwinds(body: Body, exit: Exit): boolean {
  const label = labelOf(body, exit);
  return (
    exit.left.kind === 'goto' &&
    FAILS.test(exit.left.label) &&
    label !== undefined &&
    undoneFrom(body, label.start).length > 0
  );
}

/** What undoes something from a label to the end of the function. */
function undoneFrom(body: Body, from: number): string[] {
  return body.reading.nodes.flatMap((node) => {
    const name = node.start >= from ? calledName(node) : null;
    return name !== null && UNDOES.test(name) ? [name] : [];
  });
}

/** Whether what the unwinding undoes was undone by then, or handed on. */
function isUndoneBetween(body: Body, earlier: Exit, exit: Exit, label: number): boolean {
  const undo = new Set(undoneFrom(body, label));
  return body.reading.nodes.some(
    (node) =>
      node.start > earlier.branch.end && node.end < exit.branch.start && undo.has(calledName(node) ?? ''),
  );
}

/** Whether the returned value is a failure by its looks, or by what was asked. */
function isFailing(value: Expression | null, condition: Expression, body: Body): boolean {
  if (!value) return false;
  if (errnoIn(value) !== null || /^(?:ERR_PTR|ERR_CAST|dev_err_probe|PTR_ERR)$/.test(calledName(value) ?? ''))
    return true;
  const test = testOf(condition);
  if (
    !test ||
    value.kind !== 'name' ||
    (test.says !== 'set' && test.says !== 'negative' && test.says !== 'error')
  )
    return false;
  const asked = test.subject.kind === 'assign' ? test.subject.target : test.subject;
  return (
    body.values.plain(asked) === value.name &&
    /^(?:int|long|ssize_t)$/.test(body.scope.typeOfName(value.name).base)
  );
}

/** What failed as an error pointer is given to what frees: by the branch, or by the label that it jumps to. */
function errorPointersFreed(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'if') return [];
    const test = testOf(node.condition);
    if (test?.says !== 'error' || test.subject.kind !== 'name') return [];
    const { name } = test.subject;
    const left = exitOf(node.consequence);
    const label = left?.kind === 'goto' ? labelIn(body, left.label) : undefined;
    const until = label ? endOfWay(body, label.start) : 0;
    const nodes = [
      ...nodesIn(node.consequence),
      ...(label ? body.reading.nodes.filter(({ start, end }) => start >= label.start && end <= until) : []),
    ];
    const isSetAnew = nodes.some((each) => each.kind === 'assign' && body.values.plain(each.target) === name);
    if (isSetAnew) return [];
    const free = nodes.find(
      (each): each is Call =>
        each.kind === 'call' &&
        each.args.length > 0 &&
        each.args.some((arg) => arg.kind === 'name' && arg.name === name) &&
        FREES_BY_NAME.test(calledName(each) ?? '') &&
        !ERROR_POINTERS_TAKEN.test(calledName(each) ?? '') &&
        !isGuarded(body, each, name),
    );
    return free
      ? [
          oddity('error-pointer-freed', body.spot(free), name, {
            other: calledName(free)!,
            related: [{ spot: body.spot(node.condition), message: 'it is an error pointer here' }],
          }),
        ]
      : [];
  });
}

const FREES_BY_NAME = /(?:^|_)(?:k?v?free|put|release|destroy|unregister)(?:_|$)/;

function endOfWay(body: Body, from: number): number {
  const ends = body.flow.returns.filter(({ start }) => start >= from).map(({ end }) => end);
  return ends.length > 0 ? Math.min(...ends) : body.end;
}

/** Whether something asks about it first: `if (!IS_ERR_OR_NULL(p)) put(p);` */
function isGuarded(body: Body, call: Call, name: string): boolean {
  const step = body.flow.steps.find(({ node }) => node === call);
  return (
    step?.under.some((condition) =>
      nodesIn(condition).some(
        (each) => each.kind === 'name' && each.name === name && testOf(condition)?.says !== 'error',
      ),
    ) === true
  );
}

/** `out_free:` without a goto: what it undoes is undone by nobody, or only by who comes from above. */
function labelsNobodyGoesTo(body: Body, bodies: Bodies): OddityFact[] {
  const { item } = body.fn;
  if (item.missing.length > 0) return [];
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'label') return [];
    const isUsed = body.reading.nodes.some((each) => leadsTo(body, each, node.name));
    if (
      isUsed ||
      isInMacro(node.name, bodies) ||
      /^\s*__maybe_unused/.test(body.text(node).slice(node.name.length + 1))
    )
      return [];
    const at = { start: node.start, end: node.start + node.name.length };
    return [oddity('label-unused', body.spot(at), node.name)];
  });
}

/** Whether a goto, a macro that is given the label, or something that is not read may go there. */
function leadsTo(body: Body, node: AnyNode, label: string): boolean {
  if (node.kind === 'goto') return node.label === label;
  if (node.kind === 'name') return node.name === label;
  return (
    (node.kind === 'opaque' || node.kind === 'opaque-statement') &&
    new RegExp(`\\b${label}\\b`).test(body.text(node))
  );
}

/** `#define CHECK(x) do { if (!(x)) goto out; } while (0)` */
function isInMacro(label: string, { program }: Bodies): boolean {
  const leads = new RegExp(`\\bgoto\\s+${label}\\b`);
  return program.units.some(({ c }) =>
    c.items.some((item) => item.kind === 'macro' && leads.test(c.text.slice(item.start, item.end))),
  );
}
