export { BrokenInvariant, never } from './never.js';
export { contains, LineIndex, type Place, type Span } from './text.js';
