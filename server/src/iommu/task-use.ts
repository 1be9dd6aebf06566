/** What a function does with the task that happens to run it. */
import { calledName, type Expression } from '../syntax/index.js';
import type { Body } from './body.js';
import type { OwnMmFact } from './facts.js';
import type { Spot } from './program.js';

/** include/linux/sched.h: numbers of a task. */
const NUMBERS = new Set(['task_pid_nr', 'task_tgid_nr', 'task_pid_vnr', 'task_tgid_vnr']);

const isCurrent = (value: Expression | undefined): boolean =>
  value?.kind === 'name' && value.name === 'current';

/** `task_pid_nr(current)`, `current->pid`. */
function isOwnNumber(value: Expression): boolean {
  if (value.kind === 'call') return NUMBERS.has(calledName(value) ?? '') && isCurrent(value.args[0]);
  return value.kind === 'member' && /^t?gid$|^pid$/.test(value.name) && isCurrent(value.object);
}

/** Comparisons of a stored number with that of the running task. */
export function pidTestsIn(body: Body): Spot[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'binary' || !['==', '!='].includes(node.operator)) return [];
    const [stored] = [node.left, node.right].filter((side) => !isOwnNumber(side));
    const isTest = stored?.kind === 'member' && [node.left, node.right].some(isOwnNumber);
    return isTest ? [body.spot(node)] : [];
  });
}

/** `mm = get_task_mm(current)` with the mmput() that gives it back in the same function. */
export function ownMmsTakenIn(body: Body): OwnMmFact[] {
  return body.callsOf('get_task_mm').flatMap((call) => {
    const result = body.values.resultOf(call);
    if (!isCurrent(call.args[0]) || result === null) return [];
    const isPut = body.callsOf('mmput').some(({ args: [mm] }) => mm && body.values.mayBe(mm, result));
    const kept = body.stores.find(
      ({ target, value }) => target.kind === 'member' && body.values.mayBe(value, result),
    );
    const keptIn = kept?.targetText ?? (/->|\./.test(result) ? result : null);
    const isReturned = body.flow.returns.some(({ value }) => body.values.mayBe(value, result));
    return isPut && !isReturned ? [{ spot: body.spot(call), keptIn }] : [];
  });
}

/** Reads of `current->mm`. */
export function ownMmsIn(body: Body): Spot[] {
  return body.reading.nodes.flatMap((node) =>
    node.kind === 'member' && node.name === 'mm' && isCurrent(node.object) ? [body.spot(node)] : [],
  );
}
