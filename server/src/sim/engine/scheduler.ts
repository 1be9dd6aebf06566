/**
 * Who runs next. A task goes on until it is about to touch what others can
 * reach; to let another go first there is a preemption and costs something.
 * When nobody can go on, that is a deadlock, and it is told which.
 */
import { type Instruction, Op } from '../../ir/index.js';
import { type Effect, FREES, GUARDS, PRIMITIVES, type Primitive } from '../kernel/index.js';
import { Pointer, resolve, Unknown, type Value } from '../model/index.js';
import type { Contended } from './contended.js';
import type { Machine } from './machine.js';
import type { Frame, Task } from './task.js';

/** The task to step, or null when all are done or the run is over. */
export function nextTask(machine: Machine): Task | null {
  const { current, order, tasks } = machine;
  if (current === null) order.begins(machine.choices.map(({ taken }) => taken).join('.'));
  const able = tasks.filter((task) => isAble(task));
  if (able.length === 0) {
    if (tasks.some(({ isDone }) => !isDone)) reportDeadlock(machine);
    return null;
  }
  const goesOn = current !== null && able.includes(current);
  // Who was chosen does one visible step before the question is asked again.
  if (goesOn && order.isJustChosen(tasks.length)) return resumed(current);
  if (able.length < tasks.length && isAloneUntilLater(tasks, able)) return resumed(able[0]!);
  if (tasks.length > 1 && wasSeen(machine, goesOn ? current.number : 0)) return null;
  const candidates = goesOn ? [current, ...able.filter((each) => each !== current)] : able;
  const isImplied =
    goesOn && machine.expands && (machine.isImplied || order.isJustChosenByTape(tasks.length));
  const next = candidates.length === 1 ? candidates[0]! : choose(machine, candidates, goesOn, isImplied);
  order.chosen(tasks.length, isImplied);
  return resumed(next);
}

/** Whether all others have not begun, and cannot before this one is done. */
function isAloneUntilLater(tasks: readonly Task[], able: readonly Task[]): boolean {
  return (
    able.length === 1 &&
    tasks.every((each) => each === able[0] || each.isDone || each.obstacle?.kind === 'start')
  );
}

function resumed(task: Task): Task {
  task.obstacle?.passed?.();
  task.obstacle = null;
  return task;
}

function isAble(task: Task): boolean {
  return !task.isDone && (task.obstacle === null || task.obstacle.isGone());
}

function choose(machine: Machine, candidates: readonly Task[], goesOn: boolean, isImplied: boolean): Task {
  if (goesOn && machine.preemptions >= machine.options.preemptions) return candidates[0]!;
  const meanings = candidates.map(({ words, name }) => words || name);
  const site = goesOn && candidates[0]!.frames.length > 0 ? siteOfNext(candidates[0]!) : null;
  if (isImplied) {
    machine.imply('schedule', meanings, site);
    return candidates[0]!;
  }
  const { task } = machine;
  const { history } = task;
  const taken = machine.choose('schedule', meanings, site, !goesOn);
  // Who goes next is nothing that a task sees: else no two orders would ever meet in one state.
  task.history = history;
  if (goesOn && taken > 0) machine.preemptions++;
  return candidates[taken]!;
}

/** What others can neither see nor change, whatever is given to it. */
const SILENT: ReadonlySet<Effect['do']> = new Set([
  ...(['nothing', 'pure', 'config', 'offset', 'error', 'argument', 'constant', 'lock-held'] as const),
]);

/** The place of the operation that the task is about to do. */
function siteOfNext({ frame }: Task) {
  return frame.siteOf(frame.procedure.ir.code[Math.min(frame.at, frame.procedure.ir.code.length - 1)]!);
}

/** Whether an earlier run was here and saw all that can follow. */
function wasSeen(machine: Machine, current: number): boolean {
  if (!machine.visited || !machine.isExploring) return false;
  const key = machine.order.key(machine.tasks, current);
  const before = machine.visited.get(key);
  if (before !== undefined && before <= machine.cost) {
    machine.end({ kind: 'seen before' });
    return true;
  }
  machine.visited.set(key, machine.cost);
  return false;
}

/** What people call a task. */
const named = ({ words, name }: Task): string => `the task ${words || name}`;

function reportDeadlock(machine: Machine): void {
  const stuck = machine.tasks.filter(({ isDone }) => !isDone);
  const [first] = stuck as [Task];
  machine.current = first;
  const monitors = stuck.map(({ obstacle }) => obstacle?.kind);
  const isLock = monitors.every((kind) => kind === 'lock' || kind === 'start');
  const monitor = isLock ? 'ABBA' : 'FLUSHDEAD';
  const related = stuck
    .slice(1)
    .flatMap((task) =>
      task.obstacle ? [{ site: task.obstacle.site, words: `${named(task)} ${task.obstacle.words}` }] : [],
    );
  const words = `${named(first)} ${first.obstacle?.words ?? 'cannot go on'} forever: nobody who could end it can go on`;
  machine.fatal(monitor, words, related, { site: first.obstacle!.site });
}

/** Whether an instruction may touch what other tasks reach. */
export function isVisible(
  machine: Machine,
  frame: Frame,
  each: Instruction,
  contended: Contended | null,
): boolean {
  switch (each.op) {
    case Op.Load:
    case Op.Store:
      return isContended(contended, frame.registers[each.a]);
    case Op.LoadBits:
    case Op.StoreBits:
    case Op.Copy:
    case Op.Zero:
      return isShared(frame.registers[each.a]) || (each.op === Op.Copy && isShared(frame.registers[each.b]));
    case Op.GetLocal:
    case Op.SetLocal:
      return frame.boxes[each.a]?.isShared ?? false;
    case Op.Call:
    case Op.ScopeEnter:
      return isVisibleCall(machine, frame, each, contended);
    case Op.ScopeExit:
    case Op.IterateNext:
      return true;
    default:
      return false;
  }
}

/** To enter a function is nothing that others see; what it does then is. */
function isVisibleCall(
  machine: Machine,
  frame: Frame,
  each: Instruction,
  contended: Contended | null,
): boolean {
  const primitive = primitiveOf(each);
  if (primitive && isOutside(primitive)) return true;
  if (primitive && contended && SILENT.has(primitive.effect.do)) return false;
  if (!primitive && machine.code.procedure(each.text, frame.procedure.path)) return false;
  return each.args.some((register) => isShared(frame.registers[register]));
}

function primitiveOf({ op, text }: Instruction): Primitive | undefined {
  if (op === Op.Call) return PRIMITIVES.get(text);
  if (op === Op.ScopeEnter) return PRIMITIVES.get(GUARDS.get(text)?.enter ?? '');
  return op === Op.ScopeExit ? PRIMITIVES.get(GUARDS.get(text)?.exit ?? FREES.get(text) ?? '') : undefined;
}

/** Whether a primitive acts on what lies in no memory: read sections, queues of work, identifiers of all. */
function isOutside({ effect }: Primitive): boolean {
  return (
    effect.do === 'rcu' ||
    effect.do === 'work' ||
    effect.do === 'simulated' ||
    (effect.do === 'ids' && effect.pool === 'global')
  );
}

/** Keeps the order of actions that leave no trace in memory. */
export function noteOutside(machine: Machine, task: Task, each: Instruction): void {
  const primitive = primitiveOf(each);
  if (!primitive || !isOutside(primitive)) return;
  const { effect } = primitive;
  const isOwn = effect.do === 'rcu' && (effect.what === 'enter' || effect.what === 'exit');
  if (isOwn) machine.order.readSection(task);
  else machine.order.outside(task, machine.tasks);
}

/** Whether it matters who reaches a place first, as far as is known by now. */
function isContended(contended: Contended | null, value: Value | undefined): boolean {
  if (!contended || value === undefined) return isShared(value);
  const known = resolve(value);
  if (!(known instanceof Pointer)) return isShared(value);
  const { object, key } = known;
  // What is used after it was freed ends the run: others may come before that.
  if (object.state !== 'live') return object.isShared;
  return object.isShared && contended.has(object.id, key);
}

function isShared(value: Value | undefined): boolean {
  if (value === undefined) return false;
  const known = resolve(value);
  return known instanceof Pointer
    ? known.object.isShared
    : known instanceof Unknown && known.sort !== 'integer';
}
