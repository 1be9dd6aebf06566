/**
 * The functions of one open document, run on the simulated kernel each time
 * its text changes. Of a C file is kept what an edit did not touch: the runs,
 * and what was found in the tree around it. A patch is run as a whole.
 */
import {
  KeptRuns,
  Program,
  type RunFailure,
  type ScenarioRuns,
  type Stage,
  StepwiseSimulation,
} from '../analysis/index.js';
import {
  type AttachProgress,
  type DriverProgress,
  type Finding,
  inReadingOrder,
  type RunAnswer,
  type RunQuestion,
} from '../findings/index.js';
import type { SourceTree } from '../tree/index.js';
import { decodeText } from './decode-text.js';
import { contextOf, isPatch, readInput, surroundingsOf } from './review.js';
import type { InputPart, ReviewOptions } from './types.js';
import { cBatch, unitKey } from './units.js';

export interface SimulatedSoFar extends Stage {
  /** What runs have shown; with `isAll`, together with what is read off the code. */
  findings(): Finding[];
  /** Scenarios were played, and may prove what is read off the code: nothing is to be added to the findings. */
  readonly isAll: boolean;
  /** How far the scenarios are in each batch of the input; null for a batch without any. */
  attach(): readonly (AttachProgress | null)[];
  /** What came of the operations of drivers so far, in each batch. */
  drivers(): readonly (readonly DriverProgress[])[];
  readonly failures: readonly RunFailure[];
}

type Options = ReviewOptions & { readonly isCancelled: () => boolean };

/** Half a bracket, typed, changes all that is around it, and its other half changes that back. */
const VERSIONS_KEPT = 3;

/** What is kept of the tree around a C file. */
interface Around {
  readonly tree: SourceTree;
  /** Whose files these are. */
  readonly identity: object;
}

export class SimulatedVersions {
  /** Latest first. */
  private kept: readonly KeptRuns[] = [];
  private around: Around | null = null;
  private isDoubtful = false;
  /** Of the latest version, one for each batch. */
  private latest: readonly (ScenarioRuns | null)[] = [];

  /** Other files may have changed. */
  doubt(): void {
    this.isDoubtful = true;
  }

  /** One run of a scenario of the latest version; null where nothing of it can be asked for. */
  answer(batch: number, question: RunQuestion, isCancelled: () => boolean): RunAnswer | null {
    return this.latest[batch]?.answer(question, isCancelled) ?? null;
  }

  /** Runs the functions of the next version one by one. Whoever has seen enough stops asking. */
  *run(part: InputPart, options: Options): Generator<SimulatedSoFar, void> {
    this.latest = [];
    if (isPatch(part)) {
      const simulations = simulationsOf(part, options);
      this.latest = simulations.map((each) => each.runs());
      yield* runAll(simulations);
      return;
    }
    if (this.isDoubtful && this.around && !this.around.tree.isCurrent()) this.forget();
    this.isDoubtful = false;
    let isChecked = false;
    for (const stage of this.runC(part, options)) {
      yield stage;
      if (isChecked || !stage.isWorthShowing) continue;
      // Nobody may have said that a file changed; what an edit touched was not made to wait for that.
      isChecked = true;
      if (this.around?.tree.isCurrent() !== false) continue;
      this.forget();
      yield* this.runC(part, options);
      return;
    }
  }

  private forget(): void {
    this.kept = [];
    this.around = null;
  }

  private *runC(part: InputPart, options: Options): Generator<SimulatedSoFar, void> {
    const text = decodeText(part.content);
    const path = part.treePath ?? part.path;
    const identity = options.tree && (options.tree.identity ?? options.tree);
    if (identity !== (this.around?.identity ?? null)) this.forget();
    const [latest] = this.kept;
    const before = latest ? new Map([[unitKey(null, path), latest.bodies.file]]) : new Map();
    const batch = cBatch([{ part, text }], options, before, this.around?.tree);
    const [unit, ...others] = batch.units;
    if (!unit) return;
    const now = new KeptRuns(
      path,
      unit.c,
      others.map(({ c }) => c),
    );
    this.around?.tree.edit(path, text, latest?.isSameAround(now) ?? false);
    if (!this.around && identity && batch.tree) this.around = { tree: batch.tree, identity };
    const same = this.kept.find((each) => each.isSameAround(now));
    if (same) now.takeOver(same);
    const touched = latest ? now.bodies.namesNotIn(latest.bodies) : new Set<string>();
    this.kept = [now, ...this.kept.filter((each) => each !== same)].slice(0, VERSIONS_KEPT);
    const simulation = new StepwiseSimulation(
      new Program(batch.units),
      batch.origins,
      {
        scope: options.scope ?? 'all',
        severities: options.severities ?? new Map(),
        context: contextOf(batch, options),
        simulation: surroundingsOf(batch),
        isCancelled: options.isCancelled,
      },
      now,
      touched,
    );
    this.latest = [simulation.runs()];
    for (const stage of simulation.stages()) yield soFar([simulation], stage);
  }
}

function soFar(simulations: readonly StepwiseSimulation[], stage: Stage): SimulatedSoFar {
  const isAll = simulations.some(({ bearsOnCode }) => bearsOnCode);
  return {
    ...stage,
    isAll,
    findings: () =>
      inReadingOrder(simulations.flatMap((each) => (isAll ? each.allFindings() : each.findings()))),
    attach: () => simulations.map((each) => each.report()),
    drivers: () => simulations.map((each) => each.driverReports()),
    failures: simulations.flatMap(({ failures }) => failures),
  };
}

/** One for each series of a patch. */
function simulationsOf(part: InputPart, options: Options): StepwiseSimulation[] {
  const { batches, kind } = readInput({ path: part.path, parts: [part] }, options);
  return batches.map(
    (batch) =>
      new StepwiseSimulation(new Program(batch.units), batch.origins, {
        scope: options.scope ?? (kind === 'c' ? 'all' : 'changed'),
        severities: options.severities ?? new Map(),
        context: contextOf(batch, options),
        simulation: surroundingsOf(batch),
        isCancelled: options.isCancelled,
      }),
  );
}

function* runAll(simulations: readonly StepwiseSimulation[]): Generator<SimulatedSoFar, void> {
  const total = simulations.reduce((sum, each) => sum + each.total, 0);
  let done = 0;
  for (const simulation of simulations) {
    for (const stage of simulation.stages()) {
      const isAlone = stage.phase === 'functions';
      yield soFar(simulations, isAlone ? { ...stage, done: done + stage.done, total } : stage);
    }
    done += simulation.total;
  }
}
