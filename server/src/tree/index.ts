export { type Applied, applyHunks } from './apply.js';
export { hunksImage, removedLines } from './fragments.js';
export { contextImage, type ImageBasis, type ImageLine, type SourceImage, wholeFileImage } from './image.js';
export type { TreeReader } from './reader.js';
export { isSafeTreePath } from './safe-path.js';
