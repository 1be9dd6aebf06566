export { type Comparison, compareFindings, type Still, type Told } from './compare.js';
