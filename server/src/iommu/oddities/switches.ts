/** Cases that run on into the next one. */
import { calledName, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { commentsOf } from '../comments.js';
import { nodesIn, statementsOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const SWITCHES: OddityReader = { own: [casesThatRunOn] };

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
