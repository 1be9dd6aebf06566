/** Failures that user space is owed and that only the log hears of. */
import { calledName } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import { errnoIn, failedCall, nodesIn, sequencesIn, statementsOf, testOf } from '../shapes.js';
import { isMessage } from './messages.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const SAID_NOT_TOLD: OddityReader = {
  around: [{ words: /^(?:pr|dev|pci)_|^printk/, read: faultsOnlyPrinted }],
};

/** `ret = copy_caps(…); if (ret) pr_info(…);` where the callee gives -EFAULT for memory of the user that is not there. */
function faultsOnlyPrinted(body: Body, bodies: Bodies): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      if (statement.kind !== 'if' || statement.alternative) return [];
      const test = testOf(statement.condition);
      if (test?.says !== 'set' && test?.says !== 'negative') return [];
      const before = statements[at - 1];
      const call = failedCall(body, test.subject, before);
      const subject = test.subject.kind === 'assign' ? test.subject.target : test.subject;
      const [message] = statementsOf(statement.consequence);
      if (!call || !message || !statementsOf(statement.consequence).every(isMessage)) return [];
      const name = calledName(call);
      const fn = name === null ? null : bodies.calledFunction(name, body);
      if (!fn || name === null || !givesFault(bodies.of(fn))) return [];
      if (subject.kind === 'name' && isReadAgain(body, subject.name, statement.end)) return [];
      return [oddity('fault-only-printed', body.spot(message), name)];
    }),
  );
}

function givesFault(body: Body): boolean {
  const { returns } = body.fn.item;
  return (
    returns.pointers === 0 &&
    /^(?:int|long|ssize_t)$/.test(returns.base) &&
    body.flow.returns.some(({ value }) =>
      nodesIn(value).some((each) => each.kind === 'unary' && errnoIn(each) === 'EFAULT'),
    )
  );
}

/** Whether the variable is looked at again, and may be handed on. */
function isReadAgain(body: Body, name: string, from: number): boolean {
  return body.flow.steps.some(
    ({ node }) => node.start >= from && node.kind !== 'assign' && namesIn(node).includes(name),
  );
}
