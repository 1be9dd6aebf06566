/**
 * One run of lowered C on the simulated kernel: heap, tasks, the tape of
 * choices, and the loop that steps whoever's turn it is. What instructions do
 * is in operations.ts, what primitives do in effects/, who runs next in
 * scheduler.ts. A machine runs once; exploring makes a new one for each tape.
 */
import { Scalar } from '../../ir/index.js';
import { STATES } from '../kernel/index.js';
import {
  type Cause,
  type Container,
  causeOf,
  Heap,
  type Held,
  identity,
  Locks,
  type MemoryObject,
  Pointer,
  resolve,
  type Site,
  type Sort,
  type Term,
  Unknown,
  type Value,
  WHOLE,
} from '../model/index.js';
import { anything, HIGHEST } from './access.js';
import { Alike } from './alike.js';
import { checkEnd } from './checks/at-end.js';
import type { Choice, ChoiceKind, Tape } from './choices.js';
import type { Code, Procedure } from './code.js';
import type { Contended } from './contended.js';
import type { Cut } from './cuts.js';
import { endDying, gracePeriod } from './effects/system.js';
import { loseTrack } from './escapes.js';
import { Hardware } from './hardware.js';
import { BOOLEAN } from './knowledge.js';
import { Ledger } from './ledger.js';
import { setLocal } from './locals.js';
import type { MonitorId } from './monitors.js';
import { step } from './operations.js';
import { AccessOrder } from './order.js';
import { Races } from './races.js';
import type { Recorder } from './recorder.js';
import { violationAt } from './reports.js';
import type { Ending, LockPair, ReportDetails, RunOptions, Violation, Visited, Within } from './run.js';
import { nextTask } from './scheduler.js';
import { Strings } from './strings.js';
import { type Call, Frame, Task, type TaskKind } from './task.js';

export class Machine {
  readonly heap = new Heap();
  readonly locks = new Locks();
  readonly tasks: Task[] = [];
  readonly choices: Choice[] = [];
  readonly violations: Violation[] = [];
  readonly globals = new Map<string, MemoryObject>();
  readonly undeclared = new Set<MemoryObject>();
  /** Variables in which a scenario keeps what its calls gave. */
  readonly handles = new Set<MemoryObject>();
  readonly containers = new Map<MemoryObject, Map<number, Container>>();
  /** Facts that effects keep beside memory, by a name of their own. */
  readonly ghosts = new Map<string, unknown>();
  readonly order = new AccessOrder();
  readonly races = new Races();
  readonly ledger = new Ledger();
  /** What the simulated hardware was told. */
  readonly hardware = new Hardware();
  /** Objects of one make. */
  readonly alike = new Alike();
  /** Objects that a grace period keeps. */
  readonly dying = new Map<MemoryObject, () => boolean>();
  /** Pairs of locks in the order in which they were taken. */
  readonly lockPairs: LockPair[] = [];
  /** Where the function that was run returned. */
  returnedAt: Site | null = null;
  /** What the calls of the tasks' programmes gave. */
  readonly results: { readonly name: string; readonly value: Value }[] = [];
  readonly strings = new Strings(this.heap);
  private readonly terms = new Map<string, Unknown>();
  /** Unknown numbers of the form 2^n - 1. */
  readonly masks = new Set<Unknown>();
  /** Lists that the engine chose to be empty, as long as nobody has added to them, by object and key. */
  readonly emptyLists = new Set<string>();
  /** Objects of which a node was taken off a list that nothing is known of. */
  readonly takenOffUnknown = new Set<MemoryObject>();
  ending: Ending | null = null;
  /** What was cut short without ending the run: a loop, a callee. */
  readonly cuts: Cut[] = [];
  steps = 0;
  cost = 0;
  preemptions = 0;
  private frames = 0;
  /** How much of the tape was used. */
  private answered = 0;
  /** When the tape is spelled out: whether the scheduler's question is one that it does not answer. */
  isImplied = false;
  current: Task | null = null;

  constructor(
    readonly code: Code,
    readonly options: RunOptions,
    private readonly tape: Tape,
    readonly visited: Visited | null = null,
    readonly recorder: Recorder | null = null,
    /** Where it matters who goes first; null when that is everywhere. */
    readonly contended: Contended | null = null,
    /** Whether the answers of a tape that was recorded with `contended` are spelled out for all places. */
    readonly expands = false,
  ) {}

  // ---- choices

  /** Asks one question; the answer is on the tape, or the plainest one. */
  choose(kind: ChoiceKind, meanings: readonly string[], site: Site | null, isFree = false): number {
    const wanted = this.tape[this.answered++] ?? 0;
    const taken = wanted < meanings.length ? wanted : 0;
    if (taken !== wanted) this.end({ kind: 'stopped', why: 'the tape does not fit the code' });
    const cost = taken === 0 || isFree ? 0 : 1;
    this.cost += cost;
    this.choices.push({ kind, count: meanings.length, taken, cost, isFree, site, meanings });
    this.recorder?.asked();
    this.task.sees(taken + 1);
    return taken;
  }

  /** A question that was not asked when the tape was recorded: all went on as they were. */
  imply(kind: ChoiceKind, meanings: readonly string[], site: Site | null): void {
    this.choices.push({ kind, count: meanings.length, taken: 0, cost: 0, isFree: false, site, meanings });
    this.recorder?.asked();
  }

  /** Whether an injected failure hits; never asked when failures are off. */
  fails(what: string, site: Site): boolean {
    const { faults } = this.options;
    if (faults === false || this.hardware.isPreparing) return false;
    const meanings = [`${what} succeeds`, `${what} fails`];
    if (faults === true) return this.choose('fault', meanings, site) === 1;
    this.imply('fault', meanings, site);
    return false;
  }

  causeHere(kind: Cause['kind'], words: string): Cause {
    const frame = this.task.frames.length > 0 ? this.frame.number : 0;
    return { kind, frame, outer: this.outerSite, choice: this.choices.length - 1, words };
  }

  contradict(): void {
    this.end({ kind: 'impossible' });
  }

  end(ending: Ending): void {
    this.ending ??= ending;
  }

  // ---- values

  unknown(sort: Sort, low: bigint, high: bigint, words: string, pointee = ''): Unknown {
    return new Unknown(this.heap.number(this.owner), sort, low, high, words, null, pointee);
  }

  /** NULL, and why it is. */
  nothing(kind: Cause['kind'], words: string): Unknown {
    return this.because(this.causeHere(kind, words));
  }

  /** NULL for a reason. */
  because(cause: Cause): Unknown {
    const nothing = this.unknown('pointer', 0n, 0n, '');
    nothing.bound = 0n;
    nothing.cause = cause;
    return nothing;
  }

  /** A number computed from a pointer that is NULL: it keeps the reason. */
  derived(from: Value, number: bigint): Value {
    const cause = causeOf(from);
    if (!cause) return number;
    const value = this.unknown('pointer', number, number, '');
    value.bound = number;
    value.cause = cause;
    if (this.ledger.wasAsked(from)) this.ledger.noteAsked(value);
    return value;
  }

  /** An input of which nothing is known but its kind. */
  anyInput(kind: Scalar, words: string, pointee: string): Unknown {
    return anything(this, kind, words, pointee);
  }

  /** The unknown result of an operation; the same operands give the same unknown. */
  term(sort: Sort, term: Term, low: bigint, high: bigint, words = ''): Unknown {
    const key = `${term.operation}:${term.bits}${term.isSigned}:${term.operands.map(identity).join(':')}`;
    let known = this.terms.get(key);
    if (!known) {
      known = new Unknown(this.heap.number(this.owner), sort, low, high, words, term);
      this.terms.set(key, known);
      // An address that was made part of a number may be stored anywhere.
      if (!BOOLEAN.has(term.operation)) term.operands.forEach(loseTrack);
    }
    return known;
  }

  // ---- where we are

  get task(): Task {
    return this.current ?? NOBODY;
  }

  get frame(): Frame {
    return this.task.frame;
  }

  private get owner(): number {
    return this.current?.number ?? 0;
  }

  /** The place of the instruction at hand. */
  get site(): Site {
    return this.frame.site;
  }

  /** Whether a scenario is run, which has no part in what its callees do. */
  get isScenario(): boolean {
    const [first] = this.task.frames;
    return (
      this.options.world === 'concrete' || (first !== undefined && this.code.isWorld(first.procedure.path))
    );
  }

  /** The place in the function that was entered first, from which all else was called. */
  get outerSite(): Site {
    const [first] = this.task.frames;
    if (!first || this.isScenario) return this.site;
    return first.site;
  }

  /** The callee of the function that was entered first, and the place in it. */
  get within(): Within | null {
    const [, callee] = this.task.frames;
    if (!callee) return null;
    const { procedure, number, site } = callee;
    return { procedure, frame: number, at: site };
  }

  /** From here on the task at hand must not sleep. */
  enterAtomic(at: Site): void {
    this.task.atomic.push({ at, within: this.within?.frame ?? null });
  }

  /** Notes a breach. */
  report(
    monitor: MonitorId,
    words: string,
    related: Violation['related'] = [],
    more: ReportDetails = {},
  ): void {
    const violation = violationAt(this, { monitor, words, related, more });
    if (!violation) return;
    this.violations.push(violation);
    // Whether it is a breach is not known yet.
    if (!violation.hangsOn) this.recorder?.violation(this, violation);
  }

  /** Reports what makes going on meaningless: one cause is one finding. */
  fatal(...report: Parameters<Machine['report']>): void {
    this.report(...report);
    this.end({ kind: 'violated' });
  }

  // ---- what effects keep and ask

  pointerTo(object: MemoryObject): Pointer {
    return new Pointer(object, WHOLE, 0, '');
  }

  /** Frees an object once the read sections that are open now have ended. */
  afterGracePeriod(object: MemoryObject): void {
    this.dying.set(object, gracePeriod(this));
  }

  /** A reference is taken here. */
  acquire(kind: string, place: Pointer, by: string, number?: Value): void {
    const isState = STATES.has(kind);
    const { within, outerSite: at } = this;
    this.ledger.acquire({ kind, place, by, at, within, isState, ...(number ? { number } : {}) });
  }

  /** From here on the last put frees the object. */
  startCounting(value: Value): void {
    const known = resolve(value);
    if (known instanceof Pointer) this.ledger.counted.set(known.object, this.outerSite);
  }

  /** A reference could not be got: the object is on its way out. */
  refused(object: MemoryObject, isIgnored: boolean): void {
    const { frame, site, task } = this;
    this.ledger.dead.set(object, { frame: frame.number, site, isIgnored, task: task.number });
  }

  noteOrder(outer: Held, inner: Held): void {
    this.lockPairs.push({ outer, inner, around: this.task.held.map(({ group }) => group) });
  }

  /** Whether choices are still made, or only what the tape says is done again. */
  get isExploring(): boolean {
    return this.answered >= this.tape.length;
  }

  // ---- tasks and frames

  newTask(name: string, kind: TaskKind, programme: Call[]): Task {
    const task = new Task(this.tasks.length + 1, name, kind, programme);
    this.tasks.push(task);
    return task;
  }

  enter(task: Task, procedure: Procedure, args: readonly Value[]): Frame {
    const frame = new Frame(procedure, ++this.frames, task.frames.length);
    frame.locksAtEntry = task.held.length;
    frame.choicesAtEntry = this.choices.length;
    task.frames.push(frame);
    const { ir } = procedure;
    for (let index = 0; index < ir.parameters; index++) {
      const value = args[index] ?? this.unknown('integer', 0n, HIGHEST[Scalar.U64]!, ir.locals[index]!.name);
      setLocal(this, frame, index, value);
    }
    return frame;
  }

  /** Runs a procedure to its end before anything else does: initial values of variables. */
  runNow(procedure: Procedure): void {
    const before = this.current;
    const task = new Task(0, 'initial values', 'callback', []);
    this.current = task;
    this.enter(task, procedure, []);
    const past = this.steps + 20_000;
    while (task.frames.length > 0 && this.ending === null && this.steps < past) step(this, task);
    this.current = before;
  }

  /** Runs until everybody is done, or the run is over for another reason. */
  run(): Ending {
    while (this.ending === null) {
      if (this.dying.size > 0) endDying(this);
      const task = nextTask(this);
      if (!task) break;
      this.current = task;
      this.turn(task);
    }
    if (this.ending === null) checkEnd(this);
    this.ending ??= this.violations.length > 0 ? { kind: 'violated' } : { kind: 'finished' };
    return this.ending;
  }

  /** Steps one task until it is done, cannot go on, or somebody else could. */
  private turn(task: Task): void {
    const { steps } = this.options;
    do {
      if (task.frames.length === 0) {
        const call = task.programme.shift();
        if (!call) {
          task.isDone = true;
          return;
        }
        this.enter(task, call.procedure, call.args);
      }
      step(this, task);
      if (this.steps > steps) this.end({ kind: 'stopped', why: `a run of more than ${steps} steps` });
    } while (this.ending === null && task.obstacle === null && (this.tasks.length === 1 || !task.wasAsked));
  }
}

const NOBODY = new Task(0, 'the world', 'callback', []);
