/** What is done or said twice: memory that is zero already is zeroed, a warning with a stack gets a message beside it, a statement stands there twice. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { LOG_CALLS } from '../log-calls.table.js';
import { namesIn } from '../names.js';
import { type Call, callOf, ifsIn, isZero, nodesIn, sequencesIn, statementsOf, testOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { ZEROING, type ZeroingRow } from './twice.table.js';

export const TWICE: OddityReader = { own: [zeroedByHand, warnedTwice, repeatedStatements, storesReplaced] };

/** `p = kmalloc(…); if (!p) return …; memset(p, 0, …);`, and the same with an allocator that zeroes. */
function zeroedByHand(body: Body): OddityFact[] {
  if (!body.fn.words.called.has('memset')) return [];
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const memset = callOf(statement);
      const target = memset && calledName(memset) === 'memset' ? memset.args[0] : undefined;
      if (!memset || !target || !memset.args[1] || !isZero(memset.args[1])) return [];
      const made = makerBefore(statements.slice(0, at), body.values.plain(target), body);
      const name = made && calledName(made);
      const row = name ? ZEROING.get(name) : undefined;
      if (!made || !name || row === undefined || !isSameSize(made, memset, body, row)) return [];
      return [
        oddity('zeroed-by-hand', body.spot(statement), body.text(target), {
          other: name,
          related: [{ spot: body.spot(made), message: 'it is allocated here' }],
          // A rename elsewhere is no edit of this place.
          ...(row.zeroes ? {} : { instead: row.zeroing }),
        }),
      ];
    }),
  );
}

/** The allocation that a variable has from, when nothing but a test for its failure stands between. */
function makerBefore(before: readonly Statement[], target: string, body: Body): Call | null {
  for (const each of [...before].reverse()) {
    if (each.kind === 'if') {
      const test = testOf(each.condition);
      if (test?.says === 'zero' && body.values.plain(test.subject) === target && !each.alternative) continue;
      return null;
    }
    if (each.kind === 'expression' && each.expression.kind === 'assign') {
      const { target: into, value } = each.expression;
      const made = value.kind === 'cast' ? value.operand : value;
      if (body.values.plain(into) === target) return made.kind === 'call' ? made : null;
    }
    if (each.kind === 'declaration') {
      const made = each.declarators.find(({ name }) => name === target)?.initial;
      if (made) return made.kind === 'call' ? made : null;
      continue;
    }
    return null;
  }
  return null;
}

/** Whether as much is zeroed as was allocated: some zero only what they need. */
function isSameSize(made: Call, memset: Call, body: Body, { size: at, zeroes }: ZeroingRow): boolean {
  // Of what is zero already any part is; of what is not, only the whole would be.
  if (at === null) return zeroes;
  const [size, zeroed] = [made.args[at], memset.args[2]];
  return !!size && !!zeroed && body.values.plain(size) === body.values.plain(zeroed);
}

/** `if (WARN_ON(x)) { dev_err(…); … }` */
function warnedTwice(body: Body): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const warns = warningIn(condition);
    if (warns === null) return [];
    const [first] = statementsOf(consequence);
    const call = first ? callOf(first) : null;
    const row = call ? LOG_CALLS.get(calledName(call) ?? '') : undefined;
    if (!call || row?.kind !== 'print' || row.level === 'debug') return [];
    return [
      oddity('warned-twice', body.spot(call), calledName(call)!, {
        other: warns,
        related: [{ spot: body.spot(condition), message: 'it is told here, with the stack' }],
      }),
    ];
  });
}

function warningIn(condition: Expression): string | null {
  const name = calledName(condition);
  return name !== null && /^WARN_ON(?:_ONCE)?$/.test(name) && namesIn(condition).length > 0 ? name : null;
}

/** What is done once to an object by its name; registers may have to be written, and clocks read, several times. */
const ONCE =
  /(?:^|_)(?:put|free|unlock|lock|del|delete|erase|add|insert|unregister|register|release|destroy|remove|detach|cancel|init|fini|exit|unpin|drop)(?:_|$)|(?:free|put|drop|lock)$/;

/** `put_device(dev); put_device(dev);` */
function repeatedStatements(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const before = unlabelled(statements[at - 1]);
      if (statement.kind !== 'expression' || before?.kind !== 'expression') return [];
      if (!isDoneOnce(statement) || plain(body, statement) !== plain(body, before)) return [];
      return [
        oddity('repeated-statement', body.spot(statement.expression), body.text(statement.expression), {
          related: [{ spot: body.spot(before), message: 'the same' }],
        }),
      ];
    }),
  );
}

function unlabelled(statement: Statement | undefined): Statement | null {
  return statement?.kind === 'label' ? unlabelled(statement.body ?? undefined) : (statement ?? null);
}

function plain(body: Body, statement: Statement): string {
  return body.text(statement).replace(/\s+/g, ' ');
}

/** Whether a statement is one call, of which no part gives something else each time. */
function isDoneOnce(statement: Extract<Statement, { kind: 'expression' }>): boolean {
  const { expression } = statement;
  const name = calledName(expression);
  if (expression.kind !== 'call' || name === null || !ONCE.test(name) || expression.args.length === 0)
    return false;
  return !expression.args.some((arg) =>
    nodesIn(arg).some(({ kind }) => kind === 'call' || kind === 'update' || kind === 'assign'),
  );
}

/** `if (task) toy->task = get(task); toy->task = task;`: what the first store gives the member, the next takes away. */
function storesReplaced(body: Body): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const first = storeIn(statement);
      const next = storeOf(statements[at + 1]);
      if (!first || !next || body.values.plain(first.target) !== body.values.plain(next.target)) return [];
      // The new value may be made of the old one.
      if (namesIn(next.value).some((name) => namesIn(first.target).includes(name))) return [];
      return [
        oddity('store-replaced', body.spot(first), body.text(first.target), {
          ...(statement.kind === 'if' ? { other: 'if' } : {}),
          related: [{ spot: body.spot(next), message: 'it is set again here' }],
        }),
      ];
    }),
  );
}

type Store = Extract<Expression, { kind: 'assign' }>;

/** The store that a statement is, or is all that an `if` without `else` does. */
function storeIn(statement: Statement): Store | null {
  if (statement.kind !== 'if') return storeOf(statement);
  if (statement.alternative) return null;
  const [only, ...more] = statementsOf(statement.consequence);
  return more.length > 0 ? null : storeOf(only);
}

/** A store to memory, of a value that the old one has no part in; what depends on an index or a call is another place each time. */
function storeOf(statement: Statement | undefined): Store | null {
  if (statement?.kind !== 'expression' || statement.expression.kind !== 'assign') return null;
  const { target, operator } = statement.expression;
  const isPlace =
    target.kind === 'member' && nodesIn(target).every(({ kind }) => kind === 'member' || kind === 'name');
  return operator === '=' && isPlace ? statement.expression : null;
}
