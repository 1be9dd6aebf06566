/** A part of the functions of a program, run for a review that is made elsewhere. */
import type { Program, Unit } from '../iommu/index.js';
import { Locator, type Origin } from './locate.js';
import { type FunctionRun, Simulator, type Surroundings } from './simulation.js';

/** By the number of the function among all that a review of the same input runs. */
export type FunctionRuns = ReadonlyMap<number, FunctionRun>;

/** Every function whose number leaves `index` when it is divided by `of`. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

export function runShare(
  program: Program,
  origins: ReadonlyMap<Unit, Origin>,
  surroundings: Surroundings,
  { index, of }: Share,
): FunctionRuns {
  const simulator = new Simulator(program, surroundings, new Locator(origins));
  const runs = new Map<number, FunctionRun>();
  for (const [number, fn] of simulator.functions().entries()) {
    const run = number % of === index ? simulator.runFor(fn) : null;
    if (run) runs.set(number, run);
  }
  return runs;
}
