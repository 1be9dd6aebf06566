/**
 * Attaches one domain of a driver to devices of two instances, in a world of
 * which only that is known: what the driver does not find in it comes into
 * being when it is looked at. Says of each run what the two calls gave, and
 * whom they told something.
 */
import type { Declarations, NamedFile } from '../../ir/index.js';
import { CFile } from '../../syntax/index.js';
import { LoweredCode } from '../code/index.js';
import {
  type Budget,
  type Choice,
  type Code,
  costOf,
  explore,
  handsOutNumbers,
  Journal,
  Machine,
  type Procedure,
  type RunOptions,
  type Subject,
  type Tape,
  type Violation,
  type Written,
  wakesDevices,
  wordsOf,
} from '../engine/index.js';
import { ErrorValue, resolve, type Site, Unknown, type Value } from '../model/index.js';
import { programmeSubject } from '../scenarios/index.js';
import { programmeFunction, tasksOf } from './driver-calls.js';
import { type DriverCall, type ProgrammeName, programmeNamed } from './driver-programmes.table.js';
import type { DomainSource, DriverShape } from './driver-shape.js';
import { linkOf, NAMED, type Snapshot, snapshotOf } from './driver-snapshots.js';
import { resultVariable } from './driver-text.js';
import { composeDriver, DRIVER_WORLD_FILE } from './driver-world.js';
import { worldFile } from './play-scenario.js';

/** A world that knows some things and not others: a loop that nobody bounds goes round once. */
const DRIVER_OPTIONS: RunOptions = {
  world: 'open',
  depth: 8,
  leaf: 40,
  turns: 1,
  steps: 8000,
  faults: false,
  configuration: new Map(),
  preemptions: 0,
};

/** With more, the drivers of Linux 6.1 and 6.12 come to the same verdicts. */
export const DRIVER_BUDGET: Budget = {
  runs: 24,
  freshRuns: 24,
  steps: 900_000,
  cost: 6,
  isCancelled: () => false,
};

/** What a call gave; null when it did not come back. `errno` is null when it failed with a number that is not known. */
export type Given = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly errno: number | null };

/** Whose a place is: of the first device and its instance, of the second and its, or of nobody in particular. */
type Side = 'first' | 'second' | 'neither';

export interface Told {
  readonly means: Written['means'];
  readonly side: Side;
  /** Whether it is the hardware's, not the device's. */
  readonly isHardware: boolean;
  readonly words: string;
  readonly site: Site;
  /** The member that was written, as the last step to it is called. */
  readonly member: string;
  /** By which calls it was come to. */
  readonly way: string;
  readonly isLocked: boolean;
  /** The device that it is of; null for what is of none, or an instance's. */
  readonly device: number | null;
  /** The task that told it, by its name. */
  readonly task: string;
}

/** One call of a run. */
export interface Attach {
  /** Null when it did not come back. */
  readonly given: Given | null;
  readonly told: readonly Told[];
  /** Whether domain and device know each other afterwards, by a pointer of one to the other. */
  readonly isLinked: boolean;
  /** How many questions it was asked that the ones before were not: what it gives may hang on them. */
  readonly news: number;
  /** How many of these only code could answer that is not at hand. */
  readonly unseen: number;
  /** Where an error was logged in it. */
  readonly logged: readonly Site[];
  /** How many choices had been made when it began. */
  readonly choices: number;
  /** What of domains, devices and instances was known when it began, and when it had come back. */
  readonly before: Snapshot;
  readonly after: Snapshot | null;
}

/** One run of a programme. */
export interface DriverRun {
  readonly programme: ProgrammeName;
  /** As far as they were made. */
  readonly attaches: readonly Attach[];
  /** Of calls that were made at the same time after others: what each gave, and what they told, by their tasks. */
  readonly atOnce: { readonly given: readonly Given[]; readonly told: readonly Told[] } | null;
  /** Whether all tasks came to their end. */
  readonly areDone: boolean;
  readonly tape: Tape;
  readonly choices: readonly Choice[];
  /** What was cut short. */
  readonly cuts: readonly string[];
  /** Why it did not come to its end; '' when it did. */
  readonly stop: string;
  /** What broke in it. */
  readonly violations: readonly Violation[];
}

/** A driver's operation in its world. */
export interface StagedDriver {
  readonly shape: DriverShape;
  readonly domain: DomainSource;
  /** The C of the world. */
  readonly text: string;
  readonly subject: (programme: ProgrammeName) => Subject | null;
}

/** `declarationsFor`: what is declared where the world stands, in the place of the driver's file; `steps`: of one run. */
export function stageDriver(
  shape: DriverShape,
  domain: DomainSource,
  files: readonly NamedFile[],
  declarationsFor: (world: readonly NamedFile[]) => Declarations,
  steps: number = DRIVER_OPTIONS.steps,
): StagedDriver {
  const text = composeDriver(shape, domain);
  const world: NamedFile = { path: DRIVER_WORLD_FILE, file: new CFile(text) };
  const standIns = [worldFile('driver-callees.c')];
  const around = [world, ...standIns];
  const simulated = { standIns, fallbacks: [world] };
  const code = new LoweredCode(declarationsFor(around), [...files, ...around], {}, simulated);
  const subject = (programme: ProgrammeName): Subject | null => {
    const { failing, fails, first, hasTwoStreams, isAtOnce } = programmeNamed(programme);
    const tasks = tasksOf(programme).flatMap((name) => code.procedure(name, DRIVER_WORLD_FILE) ?? []);
    const procedure = code.procedure(programmeFunction(programme), DRIVER_WORLD_FILE);
    const focus = code.procedure(shape.function, DRIVER_WORLD_FILE);
    const turns = hasTwoStreams ? 2 : DRIVER_OPTIONS.turns;
    const options = {
      ...DRIVER_OPTIONS,
      steps,
      turns,
      faults: failing !== null,
      areNumbersOut: fails === 'numbers',
      // What no lock orders shows in any order; who comes last shows only where one task cuts in on the other.
      preemptions: first ? 1 : 0,
    };
    if (procedure && isAtOnce)
      return programmeSubject(code, { setUp: procedure, tasks, tearDown: null }, options);
    return procedure && focus ? subjectOf(code, procedure, focus, options) : null;
  };
  return { shape, domain, text, subject };
}

function subjectOf(code: Code, procedure: Procedure, focus: Procedure, options: RunOptions): Subject {
  return {
    code,
    options,
    focus,
    setUp: (machine) => {
      const journal = new Journal();
      const notes: Snapshot[] = [];
      journal.atMark = () => notes.push(snapshotOf(machine));
      machine.hardware.journal = journal;
      snapshots.set(journal, notes);
      // Who calls drivers is the core.
      machine.newTask('core', 'thread', [{ procedure, args: [] }]);
    },
  };
}

/** Of each run the snapshots that were made at its marks. */
const snapshots = new WeakMap<Journal, Snapshot[]>();

/** The runs of a programme within a budget, the plainest first; of one that asks for no more, up to the first that comes as far as it has to. */
export function playDriver(
  staged: StagedDriver,
  programme: ProgrammeName,
  budget: Budget = DRIVER_BUDGET,
): DriverRun[] {
  const subject = staged.subject(programme);
  if (!subject) return [];
  const { failing, isSettledByOne, isAtOnce } = programmeNamed(programme);
  if (isAtOnce) return exploreRuns(subject, programme, AT_ONCE, () => false, 'cost');
  if (failing !== null) return withFailures(subject, programme, failing, budget);
  const isEnough = (run: DriverRun): boolean => isSettledByOne === true && hasReached(run);
  return exploreRuns(subject, programme, budget, isEnough);
}

/** One run by its tape; null where the programme is none of the operation, or its answers contradict each other. */
export function runDriver(staged: StagedDriver, programme: ProgrammeName, tape: Tape): DriverRun | null {
  const subject = staged.subject(programme);
  return subject && runOn(subject, programme, tape);
}

function runOn(subject: Subject, programme: ProgrammeName, tape: Tape): DriverRun | null {
  const machine = new Machine(subject.code, subject.options, tape);
  subject.setUp(machine);
  return machine.run().kind === 'impossible' ? null : runOf(machine, programme);
}

/** Schedules, of which a few show what no lock orders. */
const AT_ONCE: Budget = { runs: 100, freshRuns: 0, steps: 1_000_000, cost: 3, isCancelled: () => false };

function exploreRuns(
  subject: Subject,
  programme: ProgrammeName,
  budget: Budget,
  isEnough: (run: DriverRun) => boolean,
  order: 'cost' | 'novelty' = 'novelty',
): DriverRun[] {
  const runs: DriverRun[] = [];
  let isDone = false;
  const isCancelled = (): boolean => isDone || budget.isCancelled();
  explore(
    subject,
    { ...budget, isCancelled },
    { order, isReduced: order === 'cost' },
    {
      observe: (machine) => {
        if (machine.ending?.kind === 'impossible') return;
        const run = runOf(machine, programme);
        runs.push(run);
        isDone ||= isEnough(run);
      },
    },
  );
  return runs.sort((one, other) => costOf(one.choices) - costOf(other.choices));
}

/** Whether all calls were made, and the last one came out as it has to. */
export function hasReached({ programme, attaches }: DriverRun): boolean {
  const { calls } = programmeNamed(programme);
  const wanted = calls.at(-1)!.then;
  const given = attaches[calls.length - 1]?.given ?? null;
  return given !== null && (wanted === 'either' || given.kind === wanted);
}

/** Which primitives it is that fail, by their names. */
export const FAILING: Readonly<Record<'numbers' | 'power', (name: string) => boolean>> = {
  numbers: handsOutNumbers,
  power: wakesDevices,
};

/** A run in which a call succeeds; then, for each thing that might have failed in that call, the same run with that failing. */
function withFailures(
  subject: Subject,
  programme: ProgrammeName,
  failing: number,
  budget: Budget,
): DriverRun[] {
  const succeeds = ({ attaches, choices }: DriverRun): boolean =>
    attaches[failing]?.given?.kind === 'done' &&
    choices.every(({ kind, taken }) => kind !== 'fault' || taken === 0);
  const explored = exploreRuns(subject, programme, budget, succeeds);
  const plain = explored.find(succeeds);
  // Those that something failed in say nothing, since nobody knows what it would have been like without.
  if (!plain)
    return explored.filter(({ choices }) =>
      choices.every(({ kind, taken }) => kind !== 'fault' || taken === 0),
    );
  const from = plain.attaches[failing]!.choices;
  const { fails, hasTwoStreams = false } = programmeNamed(programme);
  const runs = plain.choices.flatMap(({ kind, meanings }, index) => {
    if (kind !== 'fault' || index < from) return [];
    const name = /^\w+/.exec(meanings[1] ?? '')?.[0] ?? '';
    if (fails && !FAILING[fails](name)) return [];
    if (hasTwoStreams && !isOfSecondTurn(plain.choices, index)) return [];
    return runOn(subject, programme, [...plain.tape.slice(0, index), 1]) ?? [];
  });
  return [plain, ...runs];
}

/** Whether the same place was asked before whether it fails, and did not: a loop has gone round once. */
export function isOfSecondTurn(choices: readonly Choice[], index: number): boolean {
  const site = choices[index]?.site;
  return choices
    .slice(0, index)
    .some(
      ({ kind, site: each }) => kind === 'fault' && each?.start === site?.start && each?.path === site?.path,
    );
}

function runOf(machine: Machine, programme: ProgrammeName): DriverRun {
  const { calls, first, isAtOnce } = programmeNamed(programme);
  const made = machine.hardware.journal?.calls.length ?? 0;
  return {
    programme,
    attaches: isAtOnce
      ? []
      : calls.flatMap((call, at) => (2 * at < made ? [attachOf(machine, at, call)] : [])),
    atOnce: first && machine.hardware.journal ? atOnceOf(machine, calls.length) : null,
    areDone: machine.tasks.every(({ isDone }) => isDone),
    tape: machine.choices.map(({ taken }) => taken),
    choices: machine.choices,
    cuts: wordsOf(machine.cuts),
    stop: stopOf(machine),
    violations: machine.violations,
  };
}

function stopOf(machine: Machine): string {
  const { ending, violations } = machine;
  if (ending?.kind === 'stopped') return ending.why;
  if (ending?.kind !== 'violated') return '';
  const task = machine.tasks[0];
  return task && task.frames.length > 0 ? (violations.at(-1)?.words ?? 'something broke in a callee') : '';
}

function attachOf(machine: Machine, at: number, { domain, device }: DriverCall): Attach {
  const journal = machine.hardware.journal!;
  const call = journal.calls[2 * at]!;
  const notes = snapshots.get(journal) ?? [];
  const after = notes[2 * at + 1] ?? null;
  return {
    given: after && givenBy(variable(machine, resultVariable(at))),
    told: call.written.map(toldBy),
    isLinked: after?.links.has(linkOf(domain, device)) ?? false,
    news: call.news,
    unseen: call.unseen,
    logged: call.logged,
    choices: call.choices,
    before: notes[2 * at]!,
    after,
  };
}

function atOnceOf(machine: Machine, calls: number): DriverRun['atOnce'] {
  return {
    given: Array.from({ length: calls }, (_, at) => givenBy(variable(machine, resultVariable(at)))),
    told: machine.hardware.journal!.calls.at(-1)!.written.map(toldBy),
  };
}

function variable(machine: Machine, name: string): Value {
  const object = machine.globals.get(`${DRIVER_WORLD_FILE}:${name}`);
  const cell = object?.at(0, 4);
  return cell && cell !== 'mixed' ? (cell.value ?? 0n) : 0n;
}

function givenBy(value: Value): Given {
  const known = resolve(value);
  if (known === 0n) return { kind: 'done' };
  if (known instanceof ErrorValue)
    return { kind: 'failed', errno: known.errno === null ? null : -Number(known.errno) };
  if (known instanceof Unknown || typeof known !== 'bigint') return { kind: 'failed', errno: null };
  return { kind: 'failed', errno: -Number(BigInt.asIntN(32, known)) };
}

interface Owner {
  readonly isHardware: boolean;
  readonly instance: number;
  readonly device: number | null;
}

function ownerOf(words: string): Owner | null {
  const [, what, number] = NAMED.exec(words) ?? [];
  if (!what) return null;
  const at = Number(number);
  if (what === 'iommu') return { isHardware: true, instance: at, device: null };
  // What a device's data lead to by a pointer is the hardware's: its stream table, its registers.
  return { isHardware: words.includes('->'), instance: at === 3 ? 2 : 1, device: at };
}

function toldBy({ means, words, member, site, way, isLocked, task }: Written): Told {
  const owner = ownerOf(words);
  return {
    means,
    side: owner ? (owner.instance === 1 ? 'first' : 'second') : 'neither',
    isHardware: means === 'register' || (owner?.isHardware ?? false),
    words: member === '' ? words : `${words}->${member}`,
    member,
    site,
    way,
    isLocked,
    device: owner?.device ?? null,
    task,
  };
}
