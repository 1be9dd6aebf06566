export type { Dependencies, Designs, Io, Reviewer, SimulateInput } from './io.js';
export { runInProcess } from './process.js';
export { run } from './run.js';
