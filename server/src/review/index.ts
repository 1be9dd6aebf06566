export type { Scaffolded } from '../analysis/index.js';
export type { TreeReader } from '../tree/index.js';
export {
  type AttachDrawing,
  attachHover,
  attachHoverText,
  attachPage,
  attachWords,
} from './formats/attach-beside.js';
export { cellsJson } from './formats/cell-json.js';
export { cellsMarkdown } from './formats/cell-markdown.js';
export type { CellContext } from './formats/cell-summary.js';
export { cellSvg } from './formats/cell-svg.js';
export { cellsEndText, cellText, designText } from './formats/cell-text.js';
export { driverHover, driverHoverText } from './formats/driver-beside.js';
export { flowJson } from './formats/flow-json.js';
export { flowMarkdown } from './formats/flow-markdown.js';
export { flowSvg } from './formats/flow-svg.js';
export { type FlowContext, flowText, type RunName } from './formats/flow-text.js';
export { githubReport } from './formats/github.js';
export { jsonReport, type Milliseconds } from './formats/json.js';
export { coloured, type Ink, type Paint, plain } from './formats/paint.js';
export { type SarifContext, sarifReport } from './formats/sarif.js';
export { type LeftOut, summary } from './formats/summary.js';
export { type TextContext, textReport } from './formats/text.js';
export { openDocument } from './open-document.js';
export { review } from './review.js';
export { fileVersions, seriesOutline } from './series.js';
export { joinedRuns, runReviewShare, type ShareRun } from './shares.js';
export { type Refusal, type Simulated, type SimulateOptions, simulate } from './simulate.js';
export { type SimulatedSoFar, SimulatedVersions } from './simulated-versions.js';
export type {
  Against,
  AllowanceEdit,
  AttachPlace,
  DecodedDocument,
  DocumentHover,
  DocumentPosition,
  DocumentRange,
  DocumentSymbol,
  InputKind,
  InputPart,
  InputReport,
  Phase,
  Review,
  ReviewedDocument,
  ReviewInput,
  ReviewOptions,
  ReviewStats,
  SymbolKind,
} from './types.js';
