/**
 * Plays an operation of a driver: with the first kind of domain with which an
 * attach succeeds, programme by programme. Says of it whether it refuses a
 * domain of another instance, serves both instances, or succeeds without having
 * told the second one anything, and which contracts it does not keep.
 */
import type { DriverRow, InstanceVerdict, Trace } from '../findings/index.js';
import { allocates, type Budget, type MonitorId, printTapeId, type Tape } from '../sim/engine/index.js';
import {
  type DomainSource,
  DRIVER_BUDGET,
  type DriverRun,
  type DriverShape,
  PROGRAMMES,
  type ProgrammeName,
  playDriver,
  programmeNamed,
  programmesFor,
  type StagedDriver,
} from '../sim/worlds/index.js';
import { CORE, cFilesBelow, type SourceTree } from '../tree/index.js';
import { came } from './driver-contract.js';
import { type Came, type DriverFault, type Known, reaching } from './driver-judging.js';
import { mayMean } from './driver-meaning.js';
import { DriverParts } from './driver-parts.js';
import { reachedFrom } from './driver-reach.js';
import {
  driverTrace,
  lineReader,
  type RecordedRun,
  type RunOfProgramme,
  recordOf,
  stageIn,
} from './driver-records.js';
import { driverShapes } from './driver-shapes.js';
import { type Judged, judge, unknown } from './driver-verdicts.js';

/** What came of one operation. */
export interface InstanceReport {
  readonly shape: DriverShape;
  readonly path: string;
  readonly line: number;
  readonly op: string;
  readonly function: string;
  readonly verdict: InstanceVerdict;
  /** `EINVAL`; null when it succeeds or was not modelled. */
  readonly errno: string | null;
  readonly why: string;
  /** Whether a global variable is the driver's only instance. */
  readonly isSingleton: boolean;
  readonly rows: readonly DriverRow[];
  /** The tape of the run by which a row is told; `-` for the plainest. */
  readonly tapeOf: (programme: string) => string;
  readonly faults: readonly DriverFault[];
  readonly runs: number;
  /** The C of the world; null where there is none. */
  readonly world: string | null;
  /** The run that the verdict is told by; null when there is none. */
  readonly trace: () => Trace | null;
  /** One run of it, recorded; null where there is no such run. */
  readonly record: (run: RunOfProgramme) => RecordedRun | null;
  readonly traceOf: (recorded: RecordedRun) => Trace;
}

/** How much is played. */
export interface Playing {
  readonly budget: Budget;
  /** Of one run, where it may be more than most of them take. */
  readonly steps?: number;
  /** Of the programmes beside those that the verdict hangs on. */
  readonly programmes: ReadonlySet<ProgrammeName>;
}

/** Those that the verdict hangs on. */
const VERDICT: ReadonlySet<ProgrammeName> = new Set(['foreign', 'same']);

/** All that is known how to play. */
export const ALL_PROGRAMMES: Playing = {
  budget: { ...DRIVER_BUDGET, steps: 1_500_000 },
  steps: 24_000,
  programmes: new Set((Object.keys(PROGRAMMES) as ProgrammeName[]).filter((name) => !VERDICT.has(name))),
};

/** What a review plays: that which can be objected to. */
export const REVIEWED_PROGRAMMES: Playing = {
  budget: DRIVER_BUDGET,
  programmes: new Set<ProgrammeName>([
    ...(['after-refusal', 'move', 'retry', 'restore', 'narrow'] as const),
    ...(['numbers-run-out', 'two-streams'] as const),
  ]),
};

/** The operations of all drivers of a tree, in the order of their files. */
export function* driversOf(
  tree: SourceTree,
  isWanted: (path: string) => boolean = () => true,
  playing: Playing = ALL_PROGRAMMES,
): Generator<InstanceReport> {
  for (const path of cFilesBelow(tree, CORE) ?? []) {
    if (!isWanted(path) || !tree.read(path)?.includes('iommu_domain_ops')) continue;
    for (const shape of driverShapes(tree, path)) yield playOperation(tree, shape, playing);
  }
}

/** Plays one operation, with the first kind of domain with which the first attach succeeds. */
export function playOperation(tree: SourceTree, shape: DriverShape, playing: Playing): InstanceReport {
  const best = operationPlay(tree, shape, playing);
  const told = best?.told ?? unknown('no domain of its own could be made for it');
  const { rows, faults } = best?.contract(playing.programmes) ?? { rows: [], faults: [] };
  return {
    shape,
    path: shape.path,
    line: lineReader((path) => tree.read(path))(shape.path, shape.at) ?? 0,
    op: shape.op,
    function: shape.function,
    ...{ verdict: told.verdict, errno: told.errno, why: told.why },
    isSingleton: shape.isSingleton,
    rows,
    tapeOf: (programme) => {
      const run = best?.showing(programme as ProgrammeName, faults) ?? null;
      return run ? printTapeId(run.tape, run.choices) : '-';
    },
    faults,
    runs: rows.reduce((sum, { runs }) => sum + runs, 0),
    world: best?.staged.text ?? null,
    trace: () => {
      const run = best && told.run ? recordOf(best.staged, told.run) : null;
      return run && driverTrace(tree, best!.staged, run);
    },
    record: (run) => best && recordOf(best.staged, run),
    traceOf: (recorded) => driverTrace(tree, best!.staged, recorded),
  };
}

/** An operation with the first kind of domain that says anything, else the first; null where none could be made for it. */
export function operationPlay(tree: SourceTree, shape: DriverShape, playing: Playing): OperationPlay | null {
  let best: OperationPlay | null = null;
  for (const domain of shape.domains) {
    const played = new OperationPlay(tree, shape, domain, playing);
    best ??= played;
    if (played.told.verdict !== 'not modelled') return played;
  }
  return best;
}

/** One run by its tape, with each kind of domain that the operation may be played with. */
export function replayOperation(
  tree: SourceTree,
  shape: DriverShape,
  programme: ProgrammeName,
  tape: Tape,
): { readonly run: RecordedRun; readonly trace: () => Trace }[] {
  return shape.domains.flatMap((domain) => {
    const staged = stageIn(tree, shape, domain, ALL_PROGRAMMES.steps);
    const run = recordOf(staged, { programme, tape });
    return run ? [{ run, trace: () => driverTrace(tree, staged, run) }] : [];
  });
}

/** An operation that is played with one kind of domain. */
export class OperationPlay {
  readonly staged: StagedDriver;
  readonly told: Judged;
  private readonly played = new Map<ProgrammeName, readonly DriverRun[]>();

  constructor(
    readonly tree: SourceTree,
    private readonly shape: DriverShape,
    private readonly domain: DomainSource,
    private readonly playing: Playing,
  ) {
    this.staged = stageIn(tree, shape, domain, playing.steps);
    this.told = judge(tree, shape, domain, this.runs('foreign'), () => this.runs('same'));
  }

  /** All runs of a programme, as many as the budget has. */
  runs(name: ProgrammeName): readonly DriverRun[] {
    const known = this.played.get(name) ?? playDriver(this.staged, name, this.playing.budget);
    this.played.set(name, known);
    return known;
  }

  /** What the programmes come to; those that the verdict was told by are no more to play. */
  contract(wanted: ReadonlySet<ProgrammeName>): Pick<InstanceReport, 'rows' | 'faults'> {
    const { told, shape, tree } = this;
    const reached = [...reachedFrom(tree, shape.path, shape.function).values()];
    const around = (): string[] =>
      new DriverParts(tree).filesNear(shape.path).map((each) => tree.read(each) ?? '');
    // Where nothing can be attached, no other programme comes further.
    const isAttached = told.run?.attaches[0]?.given?.kind === 'done';
    const played = programmesFor(shape, this.domain).filter((name) => {
      if (name === 'foreign' || this.played.has(name)) return true;
      if (told.verdict === 'not modelled' && (shape.instance || !isAttached)) return false;
      return wanted.has(name) && mayMean(name, shape, told, reached, around);
    });
    const faults: DriverFault[] = [];
    const rows = played.map((name): DriverRow => {
      const runs = this.runs(name);
      const { verdict, what, fault } = came(name, runs, this.known(told));
      if (fault) faults.push(fault);
      const { story, wanted: should } = programmeNamed(name);
      return { programme: name, story, wanted: should, verdict, what, runs: runs.length };
    });
    return { rows, faults: [...verdictFaults(told, this.hasContract), ...faults] };
  }

  /** What the runs of a programme come to by themselves: all, or one. */
  cameOf(name: ProgrammeName, runs: readonly DriverRun[]): Came {
    if (name !== 'foreign') return came(name, runs, this.known(this.told));
    const { tree, shape, domain, hasContract } = this;
    const told = judge(tree, shape, domain, runs, () => this.runs('same'));
    const [fault = null] = verdictFaults(told, hasContract);
    return { ...came(name, runs, this.known(told)), fault };
  }

  /** The run that shows what a programme came to; null where there is none. */
  showing(name: ProgrammeName, faults: readonly DriverFault[]): DriverRun | null {
    const fault = faults.find(({ programme }) => programme === name);
    const runs = this.runs(name);
    return fault?.run ?? (name === 'foreign' ? this.told.run : null) ?? reaching(runs)[0] ?? runs[0] ?? null;
  }

  private get hasContract(): boolean {
    return hasErrnoContract(this.tree, this.shape);
  }

  private known(told: Judged): Known {
    return { told, hasContract: this.hasContract, runs: (name) => this.runs(name), allocates };
  }
}

/** What the verdict on two instances objects to. */
function verdictFaults({ verdict, errno, reached, why, takesSame, run }: Judged, hasContract: boolean) {
  if (!run) return [];
  const fault = (monitor: MonitorId, words: string, more: Partial<DriverFault> = {}): DriverFault[] => [
    { monitor, words, programme: 'foreign', run, site: null, call: 1, confidence: 'certain', ...more },
  ];
  switch (verdict) {
    case 'accepted although foreign':
      if (reached === 'silent')
        return fault('NOTDONE', 'succeeds for a device of another instance and tells that instance nothing');
      return fault('INC', `accepts a domain of another instance: ${why}`, {
        site: 'name',
        confidence: reached === 'misled' ? 'certain' : 'possible',
      });
    case 'half attached':
      return fault('HALF', `fails with ${errno} and leaves domain and device tied`);
    case 'wrong errno':
      // Where a second device of the same instance is refused as well, it may be refused for another reason.
      if (!hasContract || takesSame !== true || errno === null || !/^E[A-Z]+$/.test(errno)) return [];
      return fault('ERRNO', `refuses a domain of another instance with ${errno}`);
    case 'checked': {
      const [site] = run.attaches[1]?.logged ?? [];
      if (!site || !hasContract) return [];
      return fault('EINVLOG', 'logs an error for a domain of another instance', { site });
    }
    default:
      return [];
  }
}

/** Whether the kernel says which numbers an attach may fail with: it does since operations for PASIDs are there (6.2). */
function hasErrnoContract(tree: SourceTree, { path }: DriverShape): boolean {
  const fields = tree.declarationOf('struct', 'iommu_domain_ops', path)?.item.fields ?? [];
  const names = fields.map(({ name }) => name);
  return names.includes('set_dev_pasid') && !names.includes('detach_dev');
}
