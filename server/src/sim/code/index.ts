export { LoweredCode } from './lowered-code.js';
