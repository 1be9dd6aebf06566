export { DESIGNS, type Design, OPERATIONS } from './designs.table.js';
export { programmesFor } from './driver-calls.js';
export {
  type DeviceNumber,
  type DomainName,
  type DriverCall,
  type DriverProgramme,
  isOfTwoInstances,
  PROGRAMMES,
  type ProgrammeName,
  programmeNamed,
} from './driver-programmes.table.js';
export {
  type Argument,
  type Called,
  type Companions,
  type DomainSource,
  type DriverShape,
  isOfProcess,
  type OtherAttach,
  type Part as DriverPart,
  type Start,
} from './driver-shape.js';
export { NAMED } from './driver-snapshots.js';
export { DRIVER_WORLD_FILE } from './driver-world.js';
export { KIT_WORDS, type Kit, kitOf, type Part, torsoOf } from './kit.js';
export {
  type Cell,
  cellOf,
  cellOfPlayed,
  cellsOf,
  designNamed,
  implementationOf,
  implementationOfCell,
} from './matrix.js';
export { CELLS, type CellRow } from './matrix.table.js';
export { operationsOf } from './operations.js';
export type { Outcome } from './outcome.js';
export { isOfRow, playAll, rowOf, scenariosFor, whyUnfit } from './play-all.js';
export {
  type Attach,
  DRIVER_BUDGET,
  type DriverRun,
  FAILING,
  type Given,
  hasReached,
  isOfSecondTurn,
  playDriver,
  runDriver,
  type StagedDriver,
  stageDriver,
  type Told,
} from './play-driver.js';
export {
  FOLDER,
  type Implementation,
  type PlayedScenario,
  playScenario,
  replayScenario,
  type StagedScenario,
  stageScenario,
  worldFile,
} from './play-scenario.js';
export {
  type Act,
  DEVICES,
  type Scenario,
  type Time,
  type WorldOptions,
} from './scenario.js';
export { SCENARIOS } from './scenarios.table.js';
export { namesTaken, shownNames } from './shown-names.js';
export { type ShownPlace, shownPlace, shownText } from './shown-place.js';
export { TEXTS } from './texts.generated.js';
export {
  baseNameOf,
  isVaried,
  type NamedScenario,
  type OfferedVariant,
  offeredVariants,
  scenarioNamed,
} from './variants.js';
export { VARIANTS, type Variant } from './variants.table.js';
