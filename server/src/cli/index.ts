export type { Dependencies, Io, Reviewer } from './io.js';
export { runInProcess } from './process.js';
export { run } from './run.js';
