/** Failure paths of one function, held against one another: what one of them undoes or says, another forgets. */
import { type AnyNode, calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { ALLOCATES, FREES } from '../kernel-api.table.js';
import { namesIn } from '../names.js';
import {
  assignmentsIn,
  callsBelow,
  errnoIn,
  exitOf,
  ifsIn,
  isZero,
  type Loop,
  labelIn,
  nodesIn,
  statementsOf,
  testOf,
} from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const UNWINDS: OddityReader = {
  own: [laterUndoesLess, forgottenReleases, keptSiblings, minusOnes],
};

/** What labels are called that failures go to. */
export const FAILS = /err|fail|free|unwind|undo|abort|put|clean|release|disable|destroy|unmap|remove|unreg/i;

/** Whether the result may be zero here: the last call that set it was asked, and a failure left, or was put up with. */
export function isZeroBy(body: Body, result: string, before: readonly Statement[]): boolean {
  let isLeftZero = false;
  let isPutUpWith = false;
  for (const each of [...before].reverse()) {
    if (each.kind === 'switch' || each.kind === 'label') return false;
    if (each.kind === 'if') {
      const leaves = exitOf(each.consequence) !== null;
      if (asks(body, each.condition, result)) {
        if (leaves) return true;
        isPutUpWith = !each.alternative && !sets(body, each, result);
        if (!isPutUpWith) return false;
        continue;
      }
      if (isSetAndStays(body, each, result)) return false;
    } else if (each.kind === 'loop' && sets(body, each, result)) {
      // What its last round leaves; it may have had none.
      if (isSetByBreak(body, each, result) || !isZeroBy(body, result, statementsOf(each.body))) return false;
      isLeftZero = true;
    } else {
      const value = assignedIn(body, each, result);
      if (value) return isZero(value) || (isPutUpWith && value.kind === 'call');
    }
  }
  return isLeftZero;
}

/** `ret = -ENODEV; break;` goes on behind the loop. */
function isSetByBreak(body: Body, loop: Loop, result: string): boolean {
  return [...nodesIn(loop)].some(
    (node) =>
      node.kind === 'if' &&
      ['break', 'continue'].includes(exitOf(node.consequence)?.kind ?? '') &&
      sets(body, node.consequence, result),
  );
}

/** Whether a statement may set a variable and go on. What is set on a way out is not set for who comes by. */
function isSetAndStays(body: Body, statement: Statement, name: string): boolean {
  if (statement.kind !== 'if') return sets(body, statement, name);
  const { condition, consequence, alternative } = statement;
  return (
    sets(body, condition, name) ||
    [consequence, alternative].some((branch) => {
      if (!branch || ['goto', 'return'].includes(exitOf(branch)?.kind ?? '')) return false;
      return statementsOf(branch).some((each) => isSetAndStays(body, each, name));
    })
  );
}

/** Whether a condition is true for a result that says of a failure: `ret`, `ret = f()`, `ret < 0`. */
function asks(body: Body, condition: Expression, result: string): boolean {
  const test = testOf(condition);
  const asked = test?.subject.kind === 'assign' ? test.subject.target : test?.subject;
  const isFailure = test?.says === 'set' || test?.says === 'negative';
  return isFailure && asked !== undefined && body.values.plain(asked) === result;
}

/** What a statement gives a variable; null when it does not set it. */
function assignedIn(body: Body, statement: Statement, name: string): Expression | null {
  if (statement.kind === 'declaration')
    return statement.declarators.find((each) => each.name === name)?.initial ?? null;
  for (const node of nodesIn(statement))
    if (node.kind === 'assign' && body.values.plain(node.target) === name) return node.value;
  return null;
}

/** Whether something below a node sets a variable. */
export function sets(body: Body, node: AnyNode, name: string): boolean {
  return [...nodesIn(node)].some((each) => each.kind === 'assign' && body.values.plain(each.target) === name);
}

/** The steps of a function whose failure jumps to a label, in order. */
function laterUndoesLess(body: Body): OddityFact[] {
  const labels = new Map(
    body.reading.nodes.flatMap((node) => (node.kind === 'label' ? [[node.name, node.start] as const] : [])),
  );
  if (labels.size < 2) return [];
  const jumps = body.block.statements.flatMap((statement) => {
    if (statement.kind !== 'if' || statement.alternative) return [];
    const left = exitOf(statement.consequence);
    const test = testOf(statement.condition);
    if (left?.kind !== 'goto' || !test || !FAILS.test(left.label)) return [];
    return [
      { left, label: left.label, at: labels.get(left.label) ?? 0, undone: callsBelow(statement.consequence) },
    ];
  });
  return jumps.flatMap((jump, index) => {
    // Labels that undo more stand first; who failed later has more to undo.
    const earlier = jumps
      .slice(0, index)
      .find(({ at, label }) => at > 0 && at < jump.at && label !== jump.label);
    if (!earlier || jump.at <= (labels.get(earlier.label) ?? 0)) return [];
    const skipped = body.block.statements.filter((each) => each.start >= earlier.at && each.start < jump.at);
    const skips = skipped.flatMap((each) => [...callsBelow(each)]);
    // The branch itself may do what it jumps over, and what only speaks undoes nothing.
    const left = skips.filter(
      (name) => !jump.undone.has(name) && !/^(?:dev_|pr_|mutex_|spin_|WARN)/.test(name),
    );
    if (left.length === 0 || skipped.some((each) => each.kind === 'return')) return [];
    return [
      oddity('later-undoes-less', body.spot(jump.left), jump.label, {
        other: left[0]!,
        related: [
          { spot: body.spot(earlier.left), message: `an earlier failure undoes more: ${earlier.label}` },
        ],
      }),
    ];
  });
}

const RELEASES =
  /(?:^|_)(?:k?v?free|put|release|unregister|disable|destroy|unmap|detach|erase|unprepare|remove|iounmap)(?:_|$)/;

/** One failure branch releases x and returns; a later one returns an error and does not. */
function forgottenReleases(body: Body): OddityFact[] {
  const { statements } = body.block;
  const branches = statements.flatMap((statement, at) => {
    if (statement.kind !== 'if' || statement.alternative) return [];
    const left = exitOf(statement.consequence);
    if (left?.kind !== 'return' || !isFailure(left.value)) return [];
    return [{ at, statement, left, released: releasesIn(body, statement.consequence) }];
  });
  return branches.flatMap((branch, index) => {
    for (const earlier of branches.slice(0, index)) {
      for (const [text, name] of earlier.released) {
        if (branch.released.some(([each]) => each === text)) continue;
        // The call that failed there may have been the one to take it over.
        const asked = statements[earlier.at - 1];
        if (
          mentions(body, earlier.statement.condition, text) ||
          (asked && mentions(body, asked, text) && !isMaking(body, asked, text))
        )
          continue;
        const between = statements.slice(earlier.at + 1, branch.at);
        // Handed on, released for good, or looked at: then the later failure may have nothing to release.
        if (between.some((each) => mentions(body, each, text) && !isPlainUse(body, each, text))) continue;
        if (mentions(body, branch.statement, text) || !isOwned(body, text)) continue;
        return [
          oddity('forgotten-release', body.spot(branch.left), text, {
            other: name,
            related: [{ spot: body.spot(earlier.left), message: `an earlier failure calls ${name}() first` }],
          }),
        ];
      }
    }
    return [];
  });
}

/** Whether a returned value is a failure by its looks. */
export function isFailure(value: Expression | null): boolean {
  if (!value) return false;
  return (
    errnoIn(value) !== null ||
    (value.kind === 'name' && /^(?:ret|rc|err|error|NULL)$/.test(value.name)) ||
    calledName(value) === 'ERR_PTR' ||
    calledName(value) === 'ERR_CAST'
  );
}

function releasesIn(body: Body, branch: Statement): readonly (readonly [string, string])[] {
  return statementsOf(branch).flatMap((each) => {
    const call = each.kind === 'expression' && each.expression.kind === 'call' ? each.expression : null;
    const name = call ? calledName(call) : null;
    const argument = call?.args.at(0);
    if (!call || name === null || !argument || !RELEASES.test(name) || call.args.length > 2) return [];
    return [[body.values.plain(argument), name] as const];
  });
}

/** Whether the function made it: only then is it the function's to release. */
function isOwned(body: Body, text: string): boolean {
  return assignmentsIn(body).some(({ target, value }) => target === text && value.kind === 'call');
}

/** Whether a statement only makes it. */
function isMaking(body: Body, statement: Statement, text: string): boolean {
  return (
    statement.kind === 'expression' &&
    statement.expression.kind === 'assign' &&
    body.values.plain(statement.expression.target) === text
  );
}

function mentions(body: Body, node: AnyNode, text: string): boolean {
  return [...nodesIn(node)].some(
    (each) => each.kind !== 'compound' && body.values.plain(each as Expression) === text,
  );
}

/** A store into a field of it, which gives it to nobody. */
function isPlainUse(body: Body, statement: Statement, text: string): boolean {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'assign') return false;
  return (
    body.values.plain(statement.expression.target).startsWith(`${text}->`) &&
    !namesIn(statement.expression.value).includes(text)
  );
}

/** A failure frees one of two objects that the function made, and forgets the other. */
function keptSiblings(body: Body): OddityFact[] {
  const made = assignmentsIn(body).filter(
    ({ target, value }) =>
      ALLOCATES.has(calledName(value) ?? '') &&
      !calledName(value)!.startsWith('devm_') &&
      body.scope.isLocal(target),
  );
  if (made.length < 2) return [];
  return ifsIn(body).flatMap(({ consequence }) => {
    const left = exitOf(consequence);
    if (left?.kind !== 'return' && left?.kind !== 'goto') return [];
    const freed = made.find(
      ({ target, at }) => at.start < consequence.start && frees(body, consequence, target),
    );
    if (!freed) return [];
    const kept = made.find(
      ({ target, at }) =>
        target !== freed.target &&
        at.end < freed.at.start &&
        !frees(body, consequence, target) &&
        !isGivenAway(body, target, at.end, consequence.start) &&
        !(left.kind === 'goto' && isFreedBehind(body, left.label, target)),
    );
    return kept
      ? [
          oddity('forgotten-release', body.spot(left), kept.target, {
            other: 'kfree',
            related: [{ spot: body.spot(freed.at), message: `${freed.target} is freed, and came later` }],
          }),
        ]
      : [];
  });
}

function frees(body: Body, node: Statement, name: string): boolean {
  return [...nodesIn(node)].some(
    (each) =>
      FREES.has(calledName(each) ?? '') &&
      each.kind === 'call' &&
      each.args.some((arg) => body.values.plain(arg) === name),
  );
}

function isFreedBehind(body: Body, label: string, name: string): boolean {
  const at = labelIn(body, label);
  return (
    !at ||
    body.flow.steps.some(
      ({ node }) =>
        node.start > at.start && node.kind === 'call' && node.args.some((arg) => namesIn(arg).includes(name)),
    )
  );
}

/** Whether somebody else may have it by then: it was stored, put on a list, or passed on. */
export function isGivenAway(body: Body, name: string, from: number, to: number): boolean {
  return body.flow.steps.some(({ node }) => {
    if (node.start < from || node.end > to) return false;
    if (node.kind === 'assign') return body.values.plain(node.value) === name;
    if (
      node.kind !== 'call' ||
      /^(?:INIT_|init_|mutex_init|spin_lock_init|refcount_set|kref_init|memset|IS_ERR|list_empty)/.test(
        calledName(node) ?? '',
      )
    )
      return false;
    return node.args.some(
      (arg) => body.values.plain(arg) === name || body.values.plain(arg).startsWith(`&${name}->`),
    );
  });
}

/** A function of a header that only stands in for another where that is not built in: all of them say alike what they say. */
function isStub({ fn: { item, unit }, block }: Body): boolean {
  return item.isInline && unit.image.path.endsWith('.h') && block.statements.length === 1;
}

/** Errors that are no error numbers: -1 is EPERM, ENOTSUPP is unknown to user space, ENOSYS is for system calls. */
function minusOnes(body: Body): OddityFact[] {
  if (body.fn.item.returns.pointers > 0 || !/^(?:int|long|ssize_t)$/.test(body.fn.item.returns.base))
    return [];
  if (/cmp|compare/.test(body.fn.item.name)) return [];
  const others = body.flow.returns.some(({ value }) => errnoIn(value) !== null);
  return body.flow.returns.flatMap(({ value }) => {
    const errno = errnoIn(value);
    if (errno === 'ENOTSUPP' || errno === 'ENOSYS')
      return isStub(body)
        ? []
        : [
            oddity('no-errno', body.spot(value), errno, {
              other: 'EOPNOTSUPP',
              instead: body.text(value).replace(errno, 'EOPNOTSUPP'),
            }),
          ];
    const isMinusOne =
      value.kind === 'unary' &&
      value.operator === '-' &&
      value.operand.kind === 'literal' &&
      value.operand.text === '1';
    return isMinusOne && (others || ifsIn(body).length > 0)
      ? [oddity('no-errno', body.spot(value), '1')]
      : [];
  });
}
