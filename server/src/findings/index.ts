export {
  type AttachProgress,
  type AttachRole,
  type AttachRow,
  type AttachScenario,
  attachRows,
  firstFailing,
} from './attach-progress.js';
export type { CellBreach, CellScenario, DesignCell } from './design-cell.js';
export {
  type DriverProgress,
  type DriverProgressRow,
  type DriverReport,
  type DriverRow,
  driverStory,
  INSTANCE_WORDS,
  type InstanceVerdict,
  instanceWords,
  type OperationName,
  TWO_INSTANCES,
} from './driver-report.js';
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
export { fingerprint, lineOfCode } from './fingerprint.js';
export {
  type AttachReport,
  type Flow,
  type FlowBreach,
  type FlowReport,
  type ScenarioBreach,
  type ScenarioReport,
  type ScenarioVerdict,
  verdictWords,
} from './flow.js';
export { markdownCode, markdownText } from './markdown.js';
export { OBJECTION_CLASSES, type ObjectionClass } from './objection-class.js';
export { inReadingOrder } from './reading-order.js';
export { type FormDoc, idsOf, presentIds, type RuleDoc, type RuleExample } from './rule-doc.js';
export { ruleHelpMarkdown, ruleHelpText, rulePage } from './rule-page.js';
export {
  type ChoicePoint,
  type RunAnswer,
  type RunQuestion,
  type RunSource,
  type ScenarioRun,
  tapeWith,
  type WorldVariant,
} from './scenario-run.js';
export type { FileVersions, SeriesFile, SeriesPatch } from './series.js';
export { counted, printable, wrapText } from './text.js';
export { PROJECT_FILE, TOOL } from './tool.js';
export {
  ALONE,
  placeOf,
  type Trace,
  type TraceChange,
  type TraceStep,
  traceLines,
  traceMarkdown,
} from './trace.js';
export { type TraceHint, traceHints } from './trace-hints.js';
export { traceSvg } from './trace-svg.js';
