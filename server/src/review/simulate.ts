/** Runs the functions of an input on the simulated kernel, alone and in scenarios: all of them, some, or one run by its tape. */
import {
  type DriverAnswer,
  isOfDrivers,
  Program,
  playDrivers,
  playScenarios,
  type Replay,
  replayFunction,
  type ScenarioAnswer,
  type SimulationOptions,
  simulateFunctions,
} from '../analysis/index.js';
import type { AttachReport, DriverReport, FlowReport } from '../findings/index.js';
import { readInput, reportOf, surroundingsOf } from './review.js';
import type { InputReport, ReviewInput, ReviewOptions } from './types.js';
import type { Batch } from './units.js';

export interface SimulateOptions extends Pick<ReviewOptions, 'tree' | 'project'>, Partial<SimulationOptions> {
  /** A scenario or a row of several, which then are all that is run: no function is run alone. */
  readonly scenario?: string;
  /** The one run that is wanted, of the one scenario or function named; left out, all are explored. */
  readonly tape?: string;
}

/** Why a tape was not replayed, or a scenario not played. */
export type Refusal =
  | Exclude<Replay, { readonly kind: 'replayed' }>
  | Exclude<ScenarioAnswer, { readonly kind: 'played' }>
  | Exclude<DriverAnswer, { readonly kind: 'driven' }>;

export interface Simulated {
  readonly input: InputReport;
  readonly reports: readonly FlowReport[];
  /** What binds and unbinds, in scenarios: of each series in the input. */
  readonly attached: readonly AttachReport[];
  /** Operations of drivers on two hardware instances. */
  readonly drivers: readonly DriverReport[];
  /** Of all functions that the input shows, run or not. */
  readonly names: readonly string[];
  /** Null when what was asked for is in the reports. */
  readonly refusal: Refusal | null;
}

/** Never throws on bad input. */
export function simulate(input: ReviewInput, options: SimulateOptions): Simulated {
  const reading = readInput(input, options);
  const report = reportOf(input.path, reading);
  const { scenario, tape } = options;
  const inScenario = scenario !== undefined && isOfDrivers(scenario) ? driven : played;
  const run = scenario !== undefined ? inScenario : tape === undefined ? explored : replayed;
  const runs = { ...NOTHING, ...run(reading.batches, options) };
  return { input: report, ...runs };
}

type Runs = Pick<Simulated, 'refusal'> & Partial<Omit<Simulated, 'input'>>;

const NOTHING: Omit<Simulated, 'input'> = {
  reports: [],
  attached: [],
  drivers: [],
  names: [],
  refusal: null,
};

function explored(batches: readonly Batch[], options: SimulateOptions): Runs {
  const { functions = [] } = options;
  const answers = batches.map((batch) =>
    simulateFunctions(new Program(batch.units), batch.origins, surroundingsOf(batch), {
      ...options,
      functions,
    }),
  );
  return {
    reports: answers.flatMap(({ reports }) => reports),
    attached: answers.flatMap(({ attach }) => attach ?? []),
    drivers: answers.flatMap(({ drivers }) => drivers),
    names: answers.flatMap(({ names }) => names),
    refusal: null,
  };
}

/** Several patches may each show a version of the function: the last that fits and breaks a rule counts, else the last that fits. */
function replayed(batches: readonly Batch[], options: SimulateOptions): Runs {
  const { functions: [name = ''] = [], tape = '' } = options;
  const answers = batches.map((batch) =>
    replayFunction(new Program(batch.units), batch.origins, surroundingsOf(batch), { name, tape }),
  );
  const reports = answers.flatMap((each) => (each.kind === 'replayed' ? [each.report] : []));
  const files = [...new Set(reports.map(({ flow }) => flow.file))];
  const names = answers.flatMap((each) => (each.kind === 'absent' ? each.names : []));
  if (files.length > 1) return { names, refusal: { kind: 'ambiguous', files } };
  const last = reports.findLast(({ breaches }) => breaches.length > 0) ?? reports.at(-1);
  if (last) return { reports: [last], names, refusal: null };
  const refusals = answers.flatMap((each) => (each.kind === 'replayed' ? [] : [each]));
  const refusal = refusals.find(({ kind }) => kind !== 'absent') ?? refusals[0] ?? { kind: 'absent', names };
  return { names, refusal };
}

/** Of several series, those that have what was asked for; of a tape, the last that fits and breaks a rule. */
function played(batches: readonly Batch[], options: SimulateOptions): Runs {
  const { scenario = '', tape = null, isCancelled } = options;
  const answers = batches.map((batch) =>
    playScenarios(new Program(batch.units), batch.origins, surroundingsOf(batch), {
      ...{ scenario, tape },
      ...(isCancelled ? { isCancelled } : {}),
    }),
  );
  const all = answers.flatMap((each) => (each.kind === 'played' ? [each.attach] : []));
  const telling = all.findLast(({ scenarios }) => scenarios.some(({ breaches }) => breaches.length > 0));
  const attached = tape === null ? all : all.slice(-1).map((last) => telling ?? last);
  if (attached.length > 0) return { attached, refusal: null };
  const refusals = answers.flatMap((each) => (each.kind === 'played' ? [] : [each]));
  const refusal = refusals.find(({ kind }) => kind !== 'no-parts') ?? refusals[0] ?? null;
  return { reports: [], attached, names: [], refusal };
}

/** Operations of drivers on two hardware instances, of each series that has some. */
function driven(batches: readonly Batch[], options: SimulateOptions): Runs {
  const { scenario = '', tape = null, functions = [], isCancelled } = options;
  const answers = batches.map((batch) =>
    playDrivers(new Program(batch.units), batch.origins, surroundingsOf(batch), {
      ...{ scenario, tape, functions },
      ...(isCancelled ? { isCancelled } : {}),
    }),
  );
  const drivers = answers.flatMap((each) => (each.kind === 'driven' ? each.drivers : []));
  const names = answers.flatMap((each) => (each.kind === 'absent' ? each.names : []));
  if (drivers.length > 0) return { drivers, names, refusal: null };
  const refusals = answers.flatMap((each) => (each.kind === 'driven' ? [] : [each]));
  return { names, refusal: refusals.find(({ kind }) => kind !== 'no-parts') ?? refusals[0] ?? null };
}
