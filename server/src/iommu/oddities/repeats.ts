/** Statements that stand twice in a row, and cases that run on into the next one. */
import { calledName, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { commentsOf } from '../comments.js';
import { nodesIn, sequencesIn, statementsOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const REPEATS: OddityReader = { own: [repeatedStatements, casesThatRunOn] };

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

const NEVER_RETURNS = /^(?:BUG|panic|unreachable|__builtin_unreachable|do_exit|BUILD_BUG)$/;

/** `case A: x = 1; case B: …` without a break, and without a word that it is meant. */
function casesThatRunOn(body: Body): OddityFact[] {
  const comments = commentsOf(body.fn.unit);
  const { text } = body.fn.unit.image;
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'switch') return [];
    const cases = statementsOf(node.body).filter((each) => each.kind === 'case');
    return cases.slice(0, -1).flatMap((each, at) => {
      const next = cases[at + 1]!;
      const last = each.kind === 'case' ? each.body.at(-1) : undefined;
      if (!last || !runsOn(last)) return [];
      const end = body.span(last).end;
      const start = body.span(next).start;
      const says = comments.filter((comment) => comment.start >= end && comment.end <= start + 1);
      if (says.some((comment) => /fall/i.test(text.slice(comment.start, comment.end)))) return [];
      return [
        oddity(
          'case-runs-on',
          body.spot(last.kind === 'expression' ? last.expression : last),
          body.text(last),
          {
            related: [
              { spot: body.spot({ start: next.start, end: next.start + 4 }), message: 'goes on here' },
            ],
          },
        ),
      ];
    });
  });
}

/** Whether the end of a statement is surely reached; of loops, labels and what is not read nobody knows. */
function runsOn(statement: Statement): boolean {
  switch (statement.kind) {
    case 'expression': {
      const name = calledName(statement.expression);
      const isWord = statement.expression.kind === 'name';
      return !isWord && (name === null || !(NEVER_RETURNS.test(name) || /^[A-Z]/.test(name)));
    }
    case 'if':
      return !statement.alternative && !nodesIn(statement.condition).some(({ kind }) => kind === 'opaque');
    default:
      return false;
  }
}
