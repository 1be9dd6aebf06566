export { allocates, errnoName, handsOutNumbers, POWER, undoersOf, wakesDevices } from '../kernel/index.js';
export { answerWords } from './answer-words.js';
export { outside, reachableFrom } from './checks/reach.js';
export { DIRECT_RECLAIM } from './checks/sleep.js';
export {
  answersOf,
  type Choice,
  type ChoiceKind,
  costOf,
  printTape,
  printTapeId,
  readTape,
  readTapeId,
  type Tape,
  type TapeId,
} from './choices.js';
export { type Code, type GlobalVariable, type Neighbour, Procedure } from './code.js';
export { bearingOn, type Cut, isToldByPath, wordsOf } from './cuts.js';
export { deviceNodesOf } from './device-nodes.js';
export {
  type Budget,
  type Counterexample,
  type Exploration,
  explore,
  type Observer,
  type Search,
  type Subject,
} from './explore.js';
export { NEVER_REACHED, type Reached } from './hardware.js';
export { Journal, type Marked, type Means, type Written } from './journal.js';
export { givenBackAt, isPrimitive, lockUseOf, mayLock, SOME_LOCK, typesLocked } from './lock-use.js';
export { Machine } from './machine.js';
export { MONITORS, type Monitor, type MonitorId } from './monitors.js';
export { type Change, type Step, show } from './recorder.js';
export { type Replay, replay, shrink } from './replay.js';
export type { Ending, RunOptions, Violation, Within } from './run.js';
export type { Call, Task } from './task.js';
