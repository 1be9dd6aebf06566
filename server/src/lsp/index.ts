export type { OpenDocument, ServerDependencies } from './dependencies.js';
export { parserMissingMessage, refuseToServe } from './parser-missing.js';
export { startServer } from './server.js';
export { type Overlay, TreeOnDisk } from './tree-on-disk.js';
