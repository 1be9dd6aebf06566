/** What a function does with the task that happens to run it. */
import { calledName, type Expression } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { MmapLockFact, OwnMmFact } from './facts.js';
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

/** `mm = get_task_mm(current)` with the mmput() that gives it back in the same function, be it in another hunk of it. */
export function ownMmsTakenIn(body: Body, bodies: Bodies): OwnMmFact[] {
  return body.callsOf('get_task_mm').flatMap((call) => {
    const result = body.values.resultOf(call);
    if (!isCurrent(call.args[0]) || result === null) return [];
    const isPut =
      body.callsOf('mmput').some(({ args: [mm] }) => mm && body.values.mayBe(mm, result)) ||
      bodies
        .otherPartsOf(body)
        .some((part) =>
          part.callsOf('mmput').some(({ args: [mm] }) => mm && part.values.plain(mm) === result),
        );
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

const PINS = new Set(['mmget_not_zero', 'mmget', 'get_task_mm', 'kthread_use_mm', 'use_mm']);

/** Locks on the address space of an mm that an object points to, with nothing that keeps its users. */
export function mmapLocksIn(body: Body, bodies: Bodies): MmapLockFact[] {
  if (isPinning(body) || bodies.program.callersOf(body.fn).some((fn) => isPinning(bodies.of(fn)))) return [];
  return body.reading.nodes.flatMap((node): MmapLockFact[] => {
    const name = calledName(node);
    const [arg] = node.kind === 'call' ? node.args : [];
    if (!arg) return [];
    const mm = name?.startsWith('mmap_') ? arg : mmOfLock(arg);
    if (!mm || !/^(?:mmap_(?:read|write)_lock|down_read|down_write)$/.test(name ?? '')) return [];
    return isStored(body, mm) ? [{ spot: body.spot(node), mm: body.text(mm) }] : [];
  });
}

const isPinning = (body: Body): boolean => [...PINS].some((name) => body.fn.words.called.has(name));

/** `mm` of `&mm->mmap_lock`. */
function mmOfLock(lock: Expression): Expression | null {
  const place = lock.kind === 'unary' ? lock.operand : lock;
  return place.kind === 'member' && /^mmap_(?:sem|lock)$/.test(place.name) ? place.object : null;
}

/** Whether it was read out of an object, and not out of a task or a mapping that keeps its mm. */
function isStored(body: Body, mm: Expression): boolean {
  const of = (value: Expression): boolean =>
    value.kind === 'member' &&
    !isCurrent(value.object) &&
    !/^struct (?:vm_area_struct|task_struct|vm_fault)$/.test(body.scope.typeOf(value.object).base) &&
    (body.scope.typeOf(value).base === 'struct mm_struct' ||
      (body.scope.typeOf(value).base === '' && /(?:^|_)mm$/.test(value.name)));
  if (of(mm)) return true;
  return (
    mm.kind === 'name' &&
    body.reading.nodes.some(
      (node) =>
        (node.kind === 'declaration' &&
          node.declarators.some(({ name, initial }) => name === mm.name && initial && of(initial))) ||
        (node.kind === 'assign' &&
          node.target.kind === 'name' &&
          node.target.name === mm.name &&
          of(node.value)),
    )
  );
}
