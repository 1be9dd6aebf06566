/** What a caller does when a call fails: whether it leaves, and what it calls on its way out. */
import { calledName } from '../syntax/index.js';
import { Bodies } from './body.js';
import type { KnownFunction, Program } from './program.js';
import { callsBelow, exitOf, failedCall, ifsIn, labelIn, sequencesIn, testOf } from './shapes.js';

/**
 * The names of what `caller` calls on its way out after a call of `name` has failed, as far as it tests that and leaves
 * at once; null where it does not.
 */
export function callsWhenFailed(
  program: Program,
  caller: KnownFunction,
  name: string,
): ReadonlySet<string> | null {
  const body = new Bodies(program).of(caller);
  for (const { condition, consequence } of ifsIn(body)) {
    const test = testOf(condition);
    const left = exitOf(consequence);
    if ((test?.says !== 'negative' && test?.says !== 'set') || !left) continue;
    const row = sequencesIn(body).find((each) =>
      each.some((one) => one.kind === 'if' && one.condition === condition),
    );
    const before = row?.[row.findIndex((one) => one.kind === 'if' && one.condition === condition) - 1];
    const failed = failedCall(body, test.subject, before);
    if (!failed || calledName(failed) !== name) continue;
    if (left.kind === 'return') return callsBelow(consequence);
    const label = left.kind === 'goto' ? labelIn(body, left.label) : undefined;
    if (!label) continue;
    const behind = body.reading.nodes.filter((node) => node.start >= label.start).map(calledName);
    return new Set([...callsBelow(consequence), ...behind.filter((each) => each !== null)]);
  }
  return null;
}
