export type { TreeReader } from './reader.js';
