import type { RuleDoc } from '../findings/index.js';
import { RULES } from '../rules/index.js';

export type { DesignFacts, FunctionFact, Scaffolded, StructFact, Unit } from '../iommu/index.js';
export { Program, unitOf } from '../iommu/index.js';
export type { PatchFact } from '../rules/index.js';
export type { CFile } from '../syntax/index.js';
export { allowanceComment, canStandBehind, indentationAbove } from './allow-edit.js';
export { type Analysis, type AnalysisOptions, analyse } from './analyse.js';
export { AttachFlows, type AttachPart } from './attach-flows.js';
export { type Context, NO_CONTEXT } from './code-facts.js';
export {
  type CellReplay,
  type CellRun,
  cellRuns,
  designCode,
  type ReferenceDesign,
  referenceDesigns,
  replayCell,
  scenarioCode,
  scenarioIds,
  scenarioNames,
} from './designs.js';
export {
  type DriverAnswer,
  type DriverOptions,
  isOfDrivers,
  playDrivers,
} from './driver-reports.js';
export {
  type Replay,
  replayFunction,
  type Simulation,
  type SimulationOptions,
  simulateFunctions,
} from './flows.js';
export { type Explained, explain, wordAt } from './hover.js';
export { KeptRuns } from './kept-runs.js';
export { type Found, Locator, type Origin } from './locate.js';
export { type Lowered, lowerAll } from './lowered.js';
export { type FunctionRuns, runShare, type Share } from './run-share.js';
export { isScaffolded, scaffoldFor } from './scaffold.js';
export { playScenarios, type ScenarioAnswer } from './scenario-reports.js';
export { ScenarioRuns } from './scenario-runs.js';
export type { Surroundings } from './simulation.js';
export { type RunFailure, type Stage, StepwiseSimulation } from './stepwise.js';

/** What every rule says of itself, in the order of listing. */
export const ruleCatalogue: readonly RuleDoc[] = RULES;
