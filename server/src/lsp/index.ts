export type { OpenDocument, ReadProject, ServerDependencies } from './dependencies.js';
export { ForkedSimulator } from './forked-simulator.js';
export { parserMissingMessage, refuseToServe } from './parser-missing.js';
export { startServer } from './server.js';
export type {
  SimulationJob,
  SimulationListener,
  SimulationProgress,
  Simulator,
  SimulatorQuestion,
} from './simulator.js';
export { type Overlay, TreeOnDisk } from './tree-on-disk.js';
