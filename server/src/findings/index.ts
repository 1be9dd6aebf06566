export {
  type Confidence,
  type Edit,
  type Finding,
  type Fix,
  isAtLeast,
  type Region,
  type Related,
  SEVERITIES,
  type Severity,
  type Source,
  type Tag,
} from './finding.js';
export { OBJECTION_CLASSES, type ObjectionClass } from './objection-class.js';
export type { RuleDoc, RuleExample } from './rule-doc.js';
