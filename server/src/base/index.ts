export { BrokenInvariant, never } from './never.js';
export { isSafeTreePath } from './safe-path.js';
export { sha1, utf8 } from './sha1.js';
export { contains, LineIndex, type Place, type Span } from './text.js';
