/** Runs the functions of an input on the simulated kernel, all of them or one by a given tape. */
import {
  Program,
  type Replay,
  replayFunction,
  type SimulationOptions,
  simulateFunctions,
} from '../analysis/index.js';
import type { FlowReport } from '../findings/index.js';
import { readInput, reportOf, surroundingsOf } from './review.js';
import type { InputReport, ReviewInput, ReviewOptions } from './types.js';
import type { Batch } from './units.js';

export interface SimulateOptions extends Pick<ReviewOptions, 'tree'>, Partial<SimulationOptions> {
  /** The one run that is wanted, of the one function named; left out, all are explored. */
  readonly tape?: string;
}

/** Why a tape was not replayed. */
export type Refusal = Exclude<Replay, { readonly kind: 'replayed' }>;

export interface Simulated {
  readonly input: InputReport;
  readonly reports: readonly FlowReport[];
  /** Of all functions that the input shows, run or not. */
  readonly names: readonly string[];
  /** Null when there was no tape, or when its run is the report. */
  readonly refusal: Refusal | null;
}

/** Never throws on bad input. */
export function simulate(input: ReviewInput, options: SimulateOptions): Simulated {
  const reading = readInput(input, options);
  const report = reportOf(input.path, reading);
  const runs =
    options.tape === undefined ? explored(reading.batches, options) : replayed(reading.batches, options);
  return { input: report, ...runs };
}

type Runs = Omit<Simulated, 'input'>;

function explored(batches: readonly Batch[], options: SimulateOptions): Runs {
  const { functions = [] } = options;
  const answers = batches.map((batch) =>
    simulateFunctions(new Program(batch.units), batch.origins, surroundingsOf(batch, options), {
      ...options,
      functions,
    }),
  );
  return {
    reports: answers.flatMap(({ reports }) => reports),
    names: answers.flatMap(({ names }) => names),
    refusal: null,
  };
}

/** Several patches may each show a version of the function: the last that fits and breaks a rule counts, else the last that fits. */
function replayed(batches: readonly Batch[], options: SimulateOptions): Runs {
  const { functions: [name = ''] = [], tape = '' } = options;
  const answers = batches.map((batch) =>
    replayFunction(new Program(batch.units), batch.origins, surroundingsOf(batch, options), { name, tape }),
  );
  const reports = answers.flatMap((each) => (each.kind === 'replayed' ? [each.report] : []));
  const files = [...new Set(reports.map(({ flow }) => flow.file))];
  const names = answers.flatMap((each) => (each.kind === 'absent' ? each.names : []));
  if (files.length > 1) return { reports: [], names, refusal: { kind: 'ambiguous', files } };
  const last = reports.findLast(({ breaches }) => breaches.length > 0) ?? reports.at(-1);
  if (last) return { reports: [last], names, refusal: null };
  const refusals = answers.flatMap((each) => (each.kind === 'replayed' ? [] : [each]));
  const refusal = refusals.find(({ kind }) => kind !== 'absent') ?? refusals[0] ?? { kind: 'absent', names };
  return { reports: [], names, refusal };
}
