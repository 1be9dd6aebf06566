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
  type Machine,
  type Procedure,
  type RunOptions,
  reachableFrom,
  type Subject,
  type Tape,
  type Written,
  wordsOf,
} from '../engine/index.js';
import {
  ErrorValue,
  type MemoryObject,
  Pointer,
  resolve,
  type Site,
  Unknown,
  type Value,
} from '../model/index.js';
import {
  composeDriver,
  type DomainSource,
  DRIVER_WORLD_FILE,
  type DriverShape,
  type ProgrammeName,
} from './driver-world.js';
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

const DRIVER_BUDGET: Budget = {
  runs: 80,
  freshRuns: 160,
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
  /** By which calls it was come to. */
  readonly way: string;
}

/** One attach of a run. */
export interface Attach {
  readonly given: Given | null;
  readonly told: readonly Told[];
  /** Whether domain and device know each other afterwards, by a pointer of one to the other. */
  readonly isLinked: boolean;
  /** How many questions it was asked that the one before was not: what it gives may hang on them. */
  readonly news: number;
  /** How many of these only code could answer that is not at hand. */
  readonly unseen: number;
}

/** One run of a programme. */
export interface DriverRun {
  readonly programme: ProgrammeName;
  readonly first: Attach;
  /** Null when the first did not succeed, or the programme has no second. */
  readonly second: Attach | null;
  readonly tape: Tape;
  readonly choices: readonly Choice[];
  /** What was cut short. */
  readonly cuts: readonly string[];
  /** Why it did not come to its end; '' when it did. */
  readonly stop: string;
}

/** A driver's operation in its world. */
export interface StagedDriver {
  readonly shape: DriverShape;
  readonly domain: DomainSource;
  /** The C of the world. */
  readonly text: string;
  readonly subject: (programme: ProgrammeName, withFaults: boolean) => Subject | null;
}

/** `declarationsFor`: what is declared where the world stands, in the place of the driver's file. */
export function stageDriver(
  shape: DriverShape,
  domain: DomainSource,
  files: readonly NamedFile[],
  declarationsFor: (world: readonly NamedFile[]) => Declarations,
): StagedDriver {
  const text = composeDriver(shape, domain);
  const world: NamedFile = { path: DRIVER_WORLD_FILE, file: new CFile(text) };
  const standIns = [worldFile('driver-callees.c')];
  const around = [world, ...standIns];
  const simulated = { standIns, fallbacks: [world] };
  const code = new LoweredCode(declarationsFor(around), [...files, ...around], {}, simulated);
  const subject = (programme: ProgrammeName, withFaults: boolean): Subject | null => {
    const procedure = code.procedure(programme, DRIVER_WORLD_FILE);
    const focus = code.procedure(shape.function, DRIVER_WORLD_FILE);
    return procedure && focus ? subjectOf(code, procedure, focus, withFaults) : null;
  };
  return { shape, domain, text, subject };
}

function subjectOf(code: Code, procedure: Procedure, focus: Procedure, faults: boolean): Subject {
  return {
    code,
    options: { ...DRIVER_OPTIONS, faults },
    focus,
    setUp: (machine) => {
      machine.newTask(procedure.name, 'thread', [{ procedure, args: [] }]);
    },
  };
}

/** The runs of a programme within a budget, the plainest first. */
export function playDriver(
  staged: StagedDriver,
  programme: ProgrammeName,
  withFaults = false,
  budget: Budget = DRIVER_BUDGET,
): DriverRun[] {
  const subject = staged.subject(programme, withFaults);
  if (!subject) return [];
  const runs: DriverRun[] = [];
  explore(
    subject,
    budget,
    { order: 'novelty', isReduced: false },
    {
      observe: (machine) => {
        if (machine.ending?.kind !== 'impossible') runs.push(runOf(machine, programme));
      },
    },
  );
  return runs.sort((one, other) => costOf(one.choices) - costOf(other.choices));
}

function runOf(machine: Machine, programme: ProgrammeName): DriverRun {
  const calls = machine.hardware.journal?.calls ?? [];
  const second = programme === 'same' ? 2 : 3;
  return {
    programme,
    first: attachOf(machine, 0, 'first', 1),
    second: calls.length > 2 ? attachOf(machine, 2, 'second', second) : null,
    tape: machine.choices.map(({ taken }) => taken),
    choices: machine.choices,
    cuts: wordsOf(machine.cuts),
    stop: stopOf(machine),
  };
}

function stopOf(machine: Machine): string {
  const { ending, violations } = machine;
  if (ending?.kind === 'stopped') return ending.why;
  if (ending?.kind !== 'violated') return '';
  const task = machine.tasks[0];
  return task && task.frames.length > 0 ? (violations.at(-1)?.words ?? 'something broke in a callee') : '';
}

function attachOf(machine: Machine, at: number, result: string, device: number): Attach {
  const call = machine.hardware.journal?.calls[at];
  const isBack = (machine.hardware.journal?.calls.length ?? 0) > at + 1;
  const told = (call?.written ?? []).map(toldBy);
  const isLinked = isBack && linked(machine, device);
  return {
    given: isBack ? givenBy(variable(machine, result)) : null,
    told,
    isLinked,
    news: call?.news ?? 0,
    unseen: call?.unseen ?? 0,
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

/** Devices and instances of the world, by the words that what hangs from them begins with. */
const NAMED = /^(iommu|private|device|record|fwspec)(\d)\b/;

interface Owner {
  readonly isHardware: boolean;
  readonly instance: number;
}

function ownerOf(words: string): Owner | null {
  const [, what, number] = NAMED.exec(words) ?? [];
  if (!what) return null;
  const at = Number(number);
  if (what === 'iommu') return { isHardware: true, instance: at };
  // What a device's data lead to by a pointer is the hardware's: its stream table, its registers.
  return { isHardware: words.includes('->'), instance: at === 3 ? 2 : 1 };
}

function toldBy({ means, words, member, site, way }: Written): Told {
  const owner = ownerOf(words);
  return {
    means,
    side: owner ? (owner.instance === 1 ? 'first' : 'second') : 'neither',
    isHardware: means === 'register' || (owner?.isHardware ?? false),
    words: member === '' ? words : `${words}->${member}`,
    site,
    way,
  };
}

/** Whether the domain leads to the device, its data or the second instance, or one of these to the domain. */
function linked(machine: Machine, device: number): boolean {
  const domain = domainOf(machine);
  if (!domain) return false;
  const names = [`device${device}`, `private${device}`, ...(device === 3 ? ['iommu2'] : [])];
  const isTheirs = ({ words }: MemoryObject): boolean => names.includes(words);
  for (const object of reachableFrom(machine, [machine.pointerTo(domain)])) if (isTheirs(object)) return true;
  return machine.heap.objects.some(
    (object) =>
      isTheirs(object) &&
      [...object.cells.values()].some(({ value }) => {
        const known = value === null ? null : resolve(value);
        return known instanceof Pointer && known.object === domain;
      }),
  );
}

function domainOf(machine: Machine): MemoryObject | null {
  const kept = machine.globals.get(`${DRIVER_WORLD_FILE}:attached`);
  const cell = kept?.at(0, 8);
  const known = cell && cell !== 'mixed' && cell.value !== null ? resolve(cell.value) : null;
  return known instanceof Pointer ? known.object : null;
}
