export { type Applied, applyHunks } from './apply.js';
export { type BaseMatch, blobIdOf } from './base-check.js';
export { type CallScope, type CallSite, callersOf } from './callers.js';
export { type Declaration, type DeclarationKind, declarationsIn } from './declarations.js';
export { definitionOf } from './definitions.js';
export { hunksImage, removedLines } from './fragments.js';
export { type Headlines, headlinesOf, MAY_BE } from './headlines.js';
export {
  changedImage,
  contextImage,
  type ImageBasis,
  type ImageLine,
  isAddedAt,
  lineIndexOf,
  type SourceImage,
  wholeFileImage,
} from './image.js';
export { type IncludeLine, includeLinesOf } from './include-lines.js';
export { includeCandidates } from './include-paths.js';
export { type JoinedFile, joinedImages } from './joined-images.js';
export { type OpsTable, opsTablesOf } from './ops-tables.js';
export { type Overlay, overlaid } from './overlay.js';
export { PatchedFiles } from './patched-files.js';
export type { TreeReader } from './reader.js';
export { CORE, cFilesBelow, cFilesIn, type Definition, definitionsIn, directoryOf } from './search.js';
export { SourceTree } from './source-tree.js';
