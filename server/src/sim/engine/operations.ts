/** What each instruction does: one small function an operation, in a table by opcode. */
import { type Instruction, Op, Scalar, type SwitchCase, wrap } from '../../ir/index.js';
import {
  ErrorValue,
  FunctionValue,
  type MemoryObject,
  Pointer,
  resolve,
  Undefined,
  Unknown,
  type Value,
  WHOLE,
} from '../model/index.js';
import {
  anything,
  checkAlive,
  detailsOf,
  follow,
  HIGHEST,
  LOWEST,
  quote,
  quoted,
  readCell,
  share,
  touch,
  writeCell,
} from './access.js';
import { containerOf, elementOf, memberOf } from './addresses.js';
import { binary, convert, not, unary } from './arithmetic.js';
import { loadBits, storeBits } from './bitfields.js';
import { call, callIndirect, returnFrom, scopeEnter, scopeExit } from './calls.js';
import { checkFilled, noteLook } from './checks/check-then-set.js';
import { noteFollowed, noteTested } from './checks/late-checks.js';
import { checkHidden } from './checks/reach.js';
import type { WayOut } from './code.js';
import { cutCode, cutEmptyLoop, cutLoop, cutShort } from './cuts.js';
import { decide, learn } from './deciding.js';
import { boundConstant, globalAddress } from './globals.js';
import { truthOf } from './knowledge.js';
import { boxOf, setLocal, WIDTHS } from './locals.js';
import type { Machine } from './machine.js';
import { get, set } from './registers.js';
import { isVisible, noteOutside } from './scheduler.js';
import type { Frame, Task } from './task.js';
import { iterateNext, iterateStart } from './walkers.js';

/** `again`: the operation must wait; it is done anew when the obstacle is gone. */
export type Outcome = 'again' | undefined;
type Operation = (machine: Machine, frame: Frame, each: Instruction) => Outcome;

/** Does one instruction of a task; before one that others can see, it stops once to let the scheduler choose. */
export function step(machine: Machine, task: Task): void {
  const { frame } = task;
  const each = frame.procedure.ir.code[frame.at]!;
  const isAmongOthers = machine.tasks.length > 1 && task.number > 0;
  const isAsked = isAmongOthers && isVisible(machine, frame, each, machine.contended);
  const isSeen = isAsked || (isAmongOthers && machine.expands && isVisible(machine, frame, each, null));
  if (isSeen) {
    if (!task.wasAsked) {
      task.wasAsked = true;
      machine.isImplied = !isAsked;
      return;
    }
    machine.order.begin(isAsked);
    noteOutside(machine, task, each);
  }
  task.wasAsked = false;
  frame.at++;
  machine.steps++;
  // A step that was in vain counts: two tasks that keep waking each other would never come to the limit.
  if (OPERATIONS[each.op]!(machine, frame, each) === 'again') frame.at--;
  else if (isSeen) machine.order.done(task);
}

function load(machine: Machine, frame: Frame, each: Instruction): undefined {
  const pointer = follow(machine, get(frame, each.a), 'reads');
  if (!pointer || !checkAlive(machine, pointer, 'reads')) return set(frame, each, 0n);
  machine.races.access(machine, pointer, false, each.order !== '');
  noteFollowed(machine, pointer);
  const value = readCell(machine, pointer, each.kind, each.type);
  if (each.kind === Scalar.Pointer) noteLook(machine, pointer, value);
  if (machine.undeclared.has(pointer.object)) {
    boundConstant(pointer.object.words, value);
    cutShort(machine, 'name', `${pointer.object.words} is not declared in what is at hand`);
  }
  return set(frame, each, typeof value === 'bigint' ? wrapped(each.kind, value) : value);
}

function wrapped(kind: Scalar, value: bigint): Value {
  if (kind === Scalar.Pointer || kind === Scalar.Unknown) return value;
  return wrap(kind, value);
}

function store(machine: Machine, frame: Frame, each: Instruction): undefined {
  const pointer = follow(machine, get(frame, each.a), 'writes');
  if (!pointer || !checkAlive(machine, pointer, 'writes')) return undefined;
  machine.races.access(machine, pointer, true, each.order !== '');
  noteFollowed(machine, pointer);
  const hidden = machine.options.world === 'concrete' ? hiddenBy(pointer) : null;
  const value = get(frame, each.b);
  checkFilled(machine, pointer, each, value);
  writeCell(machine, pointer, WIDTHS[each.kind]!, value);
  if (hidden) checkHidden(machine, hidden);
  return undefined;
}

/** The object that a store into a place that outlives the call makes unreachable there. */
function hiddenBy({ object, key }: Pointer): MemoryObject | null {
  const cell = object.lifetime === 'stack' ? null : object.at(key, 8);
  const old = cell && cell !== 'mixed' && cell.value !== null ? resolve(cell.value) : null;
  if (!(old instanceof Pointer) || old.object === object) return null;
  return old.object.madeAt !== null && old.object.state === 'live' && !old.object.hasEscaped
    ? old.object
    : null;
}

function copy(machine: Machine, frame: Frame, each: Instruction): undefined {
  const to = follow(machine, get(frame, each.a), 'writes');
  const from = to && follow(machine, get(frame, each.b), 'reads');
  if (!to || !from || !checkAlive(machine, from, 'reads') || !checkAlive(machine, to, 'writes'))
    return undefined;
  machine.races.access(machine, from, false, false);
  machine.races.access(machine, to, true, false);
  machine.races.reachedWhole(machine, from.object);
  machine.races.reachedWhole(machine, to.object);
  if (from.object.isShared) touch(machine, from.object, from.key, false);
  if (to.object.isShared) touch(machine, to.object, to.key, true);
  if (each.c < 0) to.object.refill(to.key, -1, 'unknown');
  else to.object.copyFrom(from.object, from.key, to.key, each.c);
  if (to.object.isShared)
    for (const cell of to.object.cells.values()) if (cell.value !== null) share(cell.value);
  return undefined;
}

function zero(machine: Machine, frame: Frame, each: Instruction): undefined {
  const to = follow(machine, get(frame, each.a), 'writes');
  if (!to || !checkAlive(machine, to, 'writes')) return undefined;
  machine.races.access(machine, to, true, false);
  machine.races.reachedWhole(machine, to.object);
  if (to.object.isShared) touch(machine, to.object, to.key, true);
  to.object.refill(to.key, each.c, 'zero');
  return undefined;
}

function getLocal(machine: Machine, frame: Frame, each: Instruction): undefined {
  const { procedure } = frame;
  if (!procedure.boxed[each.a]) {
    const name = procedure.ir.locals[each.a]!.name;
    const unset = { frame: frame.number, index: each.a };
    return set(frame, each, frame.locals[each.a] ?? new Undefined(name, unset));
  }
  const box = boxOf(machine, frame, each.a);
  const value = readCell(machine, new Pointer(box, WHOLE, 0, ''), each.kind, each.type);
  return set(frame, each, typeof value === 'bigint' ? wrapped(each.kind, value) : value);
}

function setLocalOperation(machine: Machine, frame: Frame, each: Instruction): undefined {
  const box = frame.boxes[each.a];
  if (box?.isShared) touch(machine, box, 0, true);
  setLocal(machine, frame, each.a, get(frame, each.b));
  return undefined;
}

/** A condition that is not decided is asked the plainest way: pointers are there, numbers are zero, loops go round once. */
function branch(machine: Machine, frame: Frame, each: Instruction): undefined {
  const value = get(frame, each.a);
  noteTested(machine, value);
  const known = truthOf(value);
  if (known !== null) {
    const is = resolve(value);
    if (is instanceof Undefined) undefinedUse(machine, value);
    if (is instanceof ErrorValue) machine.ledger.noteAsked(is);
    noteEmptyLoop(machine, frame, each, known);
    frame.at = known ? each.b : each.c;
    return undefined;
  }
  const way = frame.procedure.exitOf(frame.at - 1);
  const isTrue = way ? loopCondition(machine, frame, value, way) : openCondition(machine, frame, value, each);
  frame.at = isTrue ? each.b : each.c;
  return undefined;
}

/** A loop that ends before its first round because of a choice in its own condition is a guess; because of an earlier one, it may be. */
function noteEmptyLoop(machine: Machine, frame: Frame, each: Instruction, isTrue: boolean): void {
  const way = frame.procedure.exitOf(frame.at - 1);
  if (!way || frame.turns.has(frame.at - 1)) return;
  frame.turns.set(frame.at - 1, 0);
  if (isTrue !== (way.exit === 'b')) return;
  const last = machine.choices.at(-1);
  // Who runs next says nothing of what the loop goes through.
  const isInCondition =
    last?.site &&
    last.kind !== 'schedule' &&
    last.taken > 0 &&
    last.site.start >= each.start &&
    last.site.end <= each.end;
  if (isInCondition) notEntered(machine, frame, way);
  else cutEmptyLoop(machine, way.loop, `a loop in ${frame.procedure.name}() that has nothing to go through`);
}

function undefinedUse(machine: Machine, value: Value): void {
  const known = resolve(value) as Undefined;
  machine.fatal(
    'UNINIT',
    `decides by \`${known.words}\`, which nobody has set`,
    [],
    detailsOf(machine, known),
  );
}

function openCondition(machine: Machine, { procedure }: Frame, value: Value, { b, c }: Instruction): boolean {
  const [yes, no] = [procedure.endsSoon(b), procedure.endsSoon(c)];
  // The plainest is what does not fail, and what does the function's work rather than nothing.
  const isDecided = (yes === 'failure') !== (no === 'failure') || (yes === null) !== (no === null);
  const isTrue = no === 'failure' || (yes === null && no !== null);
  return decide(machine, value, machine.site, isDecided ? isTrue : plainestOf(value));
}

/** Whether a condition is true in the plainest case. */
function plainestOf(value: Value): boolean {
  const known = resolve(value);
  if (!(known instanceof Unknown)) return true;
  const { term } = known;
  if (!term) return known.sort !== 'integer';
  const [left, right] = term.operands;
  if (term.operation === 'not') return !plainestOf(left!);
  if (term.operation === 'not-equal') return right === 0n ? plainestOf(left!) : true;
  if (term.operation === 'equal') return right === 0n ? !plainestOf(left!) : false;
  // A negative result is a failure.
  if (term.operation === 'less' && right === 0n) return false;
  return false;
}

/** An open loop goes round once and then ends; further rounds cost, and there are not many. */
function loopCondition(machine: Machine, frame: Frame, value: Value, way: WayOut): boolean {
  const at = frame.at - 1;
  const turns = frame.turns.get(at) ?? 0;
  frame.turns.set(at, turns + 1);
  const leaves = way.exit === 'b';
  if (turns >= machine.options.turns) {
    cutLoop(machine, frame, way.loop, `loop in ${frame.procedure.name}()`);
    learn(machine, value, leaves);
    return leaves;
  }
  const isTrue = decide(machine, value, machine.site, turns === 0 ? !leaves : leaves);
  if (turns === 0 && isTrue === leaves) notEntered(machine, frame, way);
  return isTrue;
}

function notEntered(machine: Machine, frame: Frame, { loop }: WayOut): void {
  cutLoop(machine, frame, loop, `a loop in ${frame.procedure.name}() that does not go round`);
}

function switchOn(machine: Machine, frame: Frame, each: Instruction): undefined {
  const value = resolve(get(frame, each.a));
  const rows = each.cases!;
  if (value instanceof Undefined) undefinedUse(machine, value);
  if (typeof value === 'bigint') {
    frame.at = rows.find(({ low, high }) => value >= low && value <= high)?.target ?? each.c;
    return undefined;
  }
  const possible = rows.filter(({ low, high }) => !(value instanceof Unknown) || mayBe(value, low, high));
  const taken = machine.choose('unknown', meaningsOf(machine, rows, possible), machine.site);
  const row = possible[taken];
  const noteRelation = (op: Op, number: bigint, isTrue: boolean): void =>
    learn(machine, binary(machine, op, Scalar.I64, value, number, Scalar.I32), isTrue);
  if (row) {
    noteRelation(Op.GreaterEqual, row.low, true);
    noteRelation(Op.LessEqual, row.high, true);
  } else for (const { low, high } of possible) if (low === high) noteRelation(Op.Equal, low, false);
  frame.at = row ? row.target : each.c;
  return undefined;
}

/** What each way of a switch means, in the words of the code where they can be told. */
function meaningsOf(
  machine: Machine,
  rows: readonly SwitchCase[],
  possible: readonly SwitchCase[],
): string[] {
  const { start, end } = machine.site;
  const text = machine.frame.procedure.source.slice(start, end).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  const subject = /^switch\s*\(([^;{]*)\)\s*\{/.exec(text)?.[1];
  const labels = [...text.matchAll(/\bcase\s+([^:]+?)\s*:/g)].map(([, label]) => label);
  const isPlain = labels.length === rows.length && text.lastIndexOf('switch') === 0;
  const words = `\`${subject === undefined ? quoted(text) : quoted(subject)}\``;
  return [
    ...possible.map((row) => `${words} is ${(isPlain && labels[rows.indexOf(row)]) || row.low}`),
    `${words} is none of the cases`,
  ];
}

function mayBe(value: Unknown, low: bigint, high: bigint): boolean {
  return high >= value.low && low <= value.high && !(low === high && value.excluded?.has(low));
}

function difference(machine: Machine, frame: Frame, each: Instruction): undefined {
  const a = resolve(get(frame, each.a));
  const b = resolve(get(frame, each.b));
  // Addresses of user space are plain numbers.
  if (typeof a === 'bigint' && typeof b === 'bigint')
    return set(frame, each, BigInt.asIntN(64, a - b) / BigInt(Math.max(1, each.c)));
  if (a instanceof Pointer && b instanceof Pointer && a.object === b.object && a.region === b.region)
    return set(frame, each, BigInt(Math.trunc((a.offset - b.offset) / Math.max(1, each.c))));
  return set(
    frame,
    each,
    machine.unknown('integer', LOWEST[Scalar.I64]!, HIGHEST[Scalar.I64]!, quote(machine)),
  );
}

/** What could not be lowered gives an unknown, and is said. */
function opaque(machine: Machine, frame: Frame, each: Instruction): undefined {
  cutCode(machine, frame, `${frame.procedure.name}(): ${each.text}`);
  return set(frame, each, anything(machine, each.kind, quote(machine)));
}

function unseen(machine: Machine): undefined {
  machine.end({ kind: 'stopped', why: 'the input does not show what comes next' });
}

const arithmetic: Operation = (machine, frame, each) => {
  if ((each.op === Op.Equal || each.op === Op.NotEqual) && get(frame, each.b) === 0n)
    noteTested(machine, get(frame, each.a));
  return set(
    frame,
    each,
    binary(machine, each.op, each.from, get(frame, each.a), get(frame, each.b), each.kind),
  );
};
const unaryOperation: Operation = (machine, frame, each) =>
  set(frame, each, unary(machine, each.op, each.kind, get(frame, each.a)));

const OPERATIONS: readonly Operation[] = table({
  [Op.Const]: (_, frame, each) => set(frame, each, constantOf(frame, each)),
  [Op.LocalAddress]: (machine, frame, each) =>
    set(frame, each, new Pointer(boxOf(machine, frame, each.a), WHOLE, 0, '')),
  [Op.GetLocal]: getLocal,
  [Op.SetLocal]: setLocalOperation,
  [Op.GlobalAddress]: (machine, frame, each) => set(frame, each, globalAddress(machine, frame, each)),
  [Op.FunctionAddress]: (_, frame, each) =>
    set(frame, each, new FunctionValue(each.text, frame.procedure.path)),
  [Op.String]: (machine, frame, each) => set(frame, each, machine.strings.pointerTo(each.text)),
  [Op.Load]: load,
  [Op.Store]: store,
  [Op.LoadBits]: loadBits,
  [Op.StoreBits]: storeBits,
  [Op.Copy]: copy,
  [Op.Zero]: zero,
  [Op.FieldAddress]: (machine, frame, each) => set(frame, each, memberOf(machine, get(frame, each.a), each)),
  [Op.ElementAddress]: (machine, frame, each) =>
    set(frame, each, elementOf(machine, get(frame, each.a), get(frame, each.b), each)),
  [Op.ContainerOf]: (machine, frame, each) =>
    set(frame, each, containerOf(machine, get(frame, each.a), each)),
  [Op.Negate]: unaryOperation,
  [Op.Complement]: unaryOperation,
  [Op.Not]: (machine, frame, each) => {
    noteTested(machine, get(frame, each.a));
    const value = resolve(get(frame, each.a));
    if (value instanceof ErrorValue) machine.ledger.noteAsked(value);
    return set(frame, each, not(machine, value));
  },
  [Op.PointerDifference]: difference,
  [Op.Convert]: (machine, frame, each) =>
    set(frame, each, convert(machine, get(frame, each.a), each.from, each.kind, each.type)),
  [Op.Move]: (_, frame, each) => set(frame, each, get(frame, each.a)),
  [Op.Call]: call,
  [Op.CallIndirect]: callIndirect,
  [Op.Branch]: branch,
  [Op.Jump]: (_, frame, each) => {
    frame.at = each.b;
    return undefined;
  },
  [Op.Switch]: switchOn,
  [Op.Return]: returnFrom,
  [Op.ScopeEnter]: scopeEnter,
  [Op.ScopeExit]: scopeExit,
  [Op.IterateStart]: iterateStart,
  [Op.IterateNext]: iterateNext,
  [Op.Opaque]: opaque,
  [Op.Unseen]: unseen,
});

function table(rows: Partial<Record<Op, Operation>>): Operation[] {
  const list: Operation[] = [];
  for (let op = Op.Const; op <= Op.Unseen; op++) list.push(rows[op] ?? arithmetic);
  return list;
}

function constantOf(frame: Frame, each: Instruction): Value {
  return frame.procedure.ir.constants[each.a]!;
}
