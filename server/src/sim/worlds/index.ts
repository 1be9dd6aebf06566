export { DESIGNS, type Design, OPERATIONS } from './designs.table.js';
export {
  type DeviceNumber,
  type DomainName,
  type DriverCall,
  type DriverProgramme,
  PROGRAMMES,
  type ProgrammeName,
  programmeNamed,
} from './driver-programmes.table.js';
export {
  type Argument,
  type DomainSource,
  DRIVER_WORLD_FILE,
  type DriverShape,
  type Part as DriverPart,
  programmesFor,
  type Start,
} from './driver-world.js';
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
  type Given,
  hasReached,
  playDriver,
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
