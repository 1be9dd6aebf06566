export { GitBlobs } from './blobs.js';
export { committedText } from './committed.js';
export { type Base, type Commit, type History, historyOf, rangeFrom, repositoryAround } from './history.js';
export { patchesOfRange, treeBeforeRange, uncommittedPatch, untrackedCount } from './range.js';
export { GitRefused } from './run.js';
