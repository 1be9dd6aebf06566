/** What the play of drivers on two instances says, as data for people and programs: of some operations or all, or one run by its tape. */
import {
  type DriverProgress,
  type DriverProgressRow,
  type DriverReport,
  type Related,
  type ScenarioBreach,
  TWO_INSTANCES,
} from '../findings/index.js';
import type { Program, Unit } from '../iommu/index.js';
import { MONITORS, readTapeId } from '../sim/engine/index.js';
import { PROGRAMMES, type ProgrammeName } from '../sim/worlds/index.js';
import { type DriverFlow, DriverFlows } from './driver-flows.js';
import { ALL_PROGRAMMES, type Playing, replayOperation } from './driver-instances.js';
import { Locator, type Origin } from './locate.js';
import { contradictionIn, misfitOf } from './replayed-run.js';
import type { Surroundings } from './simulation.js';

export interface DriverOptions {
  /** Exact names of operations; empty for all. */
  readonly functions: readonly string[];
  /** `two-instances` for all programmes, `two-instances/move` for one. */
  readonly scenario: string;
  /** The run to repeat, of one operation in one programme; null for all. */
  readonly tape: string | null;
  readonly isCancelled?: () => boolean;
}

/** What was played, or why nothing was. */
export type DriverAnswer =
  | { readonly kind: 'driven'; readonly drivers: readonly DriverReport[] }
  | { readonly kind: 'no-parts'; readonly why: string }
  | { readonly kind: 'no-scenario'; readonly names: readonly string[] }
  | { readonly kind: 'absent'; readonly names: readonly string[] }
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'other-code' | 'impossible'; readonly why: string };

/** Whether a scenario is one of drivers. */
export function isOfDrivers(scenario: string): boolean {
  return scenario === TWO_INSTANCES || scenario.startsWith(`${TWO_INSTANCES}/`);
}

/** Plays the operations of drivers in the reviewed units of `program`. */
export function playDrivers(
  program: Program,
  origins: ReadonlyMap<Unit, Origin>,
  surroundings: Surroundings,
  { functions, scenario, tape, isCancelled = () => false }: DriverOptions,
): DriverAnswer {
  const locator = new Locator(origins);
  const name = programmeIn(scenario);
  if (scenario !== TWO_INSTANCES && name === null)
    return { kind: 'no-scenario', names: [TWO_INSTANCES, ...ids()] };
  const flows = new DriverFlows(program, surroundings, locator, name ? only(name) : ALL_PROGRAMMES);
  if (flows.operations.length === 0) return { kind: 'no-parts', why: NO_OPERATIONS };
  const names = flows.operations.map(({ shape }) => shape.function);
  if (functions.some((each) => !names.includes(each))) return { kind: 'absent', names };
  const wanted = flows.operations.filter(
    ({ shape }) => functions.length === 0 || functions.includes(shape.function),
  );
  if (tape !== null) {
    if (name === null) return { kind: 'several', ids: ids() };
    const [operation, ...more] = wanted;
    if (more.length > 0) return { kind: 'several', ids: wanted.map(({ shape }) => shape.function) };
    return replayed(flows, operation!, locator, { name, tape });
  }
  const drivers: DriverReport[] = [];
  for (const flow of flows.play((each) => wanted.includes(each))) {
    drivers.push(driverReport(flow, locator));
    if (isCancelled()) break;
  }
  return { kind: 'driven', drivers };
}

const NO_OPERATIONS =
  'no operation of a driver in it: looked for an attach_dev or set_dev_pasid in a struct iommu_domain_ops, in a file that is shown whole';

const ids = (): string[] => Object.keys(PROGRAMMES).map(programmeId);

/** `two-instances/move` */
export const programmeId = (name: string): string => `${TWO_INSTANCES}/${name}`;

/** The programme that a scenario is; null for none. */
export function programmeIn(scenario: string): ProgrammeName | null {
  const name = scenario.slice(TWO_INSTANCES.length + 1);
  return name in PROGRAMMES ? (name as ProgrammeName) : null;
}

const only = (name: ProgrammeName): Playing => ({ ...ALL_PROGRAMMES, programmes: new Set([name]) });

function replayed(
  flows: DriverFlows,
  operation: DriverFlows['operations'][number],
  locator: Locator,
  { name, tape }: { readonly name: ProgrammeName; readonly tape: string },
): DriverAnswer {
  const id = readTapeId(tape);
  if (!id) return { kind: 'malformed' };
  const what = `${operation.shape.function}()`;
  const runs = replayOperation(flows.tree!, operation.shape, name, id.tape);
  const fitting = runs.find(({ run }) => misfitOf(what, run, id) === null);
  if (!fitting)
    return {
      kind: 'other-code',
      why: runs[0] ? misfitOf(what, runs[0].run, id)! : `${what} cannot be played`,
    };
  const contradiction = contradictionIn(fitting.run);
  if (contradiction !== null) return { kind: 'impossible', why: contradiction };
  const report = driverReport(flows.flowOf(operation), locator);
  return { kind: 'driven', drivers: [{ ...report, replayed: fitting.trace() }] };
}

/** As it is told beside the code. */
export function driverProgress({ report, breaches }: DriverFlow): DriverProgress {
  const { op, path, line, verdict, errno, why, isSingleton, rows } = report;
  return {
    ...{ op, function: report.function, file: path, line, verdict, errno, why, isSingleton },
    rows: rows.map((row): DriverProgressRow => {
      const breach = breaches.find(({ scenario }) => scenario === programmeId(row.programme));
      return {
        ...row,
        tape: report.tapeOf(row.programme),
        breach: breach
          ? { title: MONITORS[breach.monitor].title, confidence: breach.confidence, message: breach.words }
          : null,
      };
    }),
    faults: breaches.map(({ words }) => words),
  };
}

/** As people and programs are told of it. */
export function driverReport({ operation, report, breaches }: DriverFlow, locator: Locator): DriverReport {
  const { unit, item } = operation;
  const place = locator.find({ unit, span: item.nameSpan });
  const { op, path, verdict, errno, why, isSingleton, rows, runs } = report;
  return {
    ...{ op, function: report.function, file: path, verdict, errno, why, isSingleton, rows, runs },
    line: place?.region.line ?? null,
    region: place?.region ?? null,
    source: place?.source ?? null,
    breaches: breaches.map((each): ScenarioBreach => {
      const { monitor, confidence, assumptions, function: name } = each;
      const found = locator.find(each.spot);
      const { title, severity } = MONITORS[monitor];
      return {
        ...{ monitor, title, severity, confidence, assumptions, function: name },
        message: each.words,
        file: found?.region.file ?? path,
        line: found?.region.line ?? null,
        region: found?.region ?? null,
        source: found?.source ?? null,
        related: each.related.flatMap(({ spot, message }): Related[] => {
          const at = locator.find(spot);
          return at ? [{ ...at, message }] : [];
        }),
        trace: each.trace(),
      };
    }),
    trace: report.trace(),
    replayed: null,
  };
}
