export type { UnusedNameFact } from './additions.js';
export { isSameCallShape } from './call-shapes.js';
export type { StubbedFunctionFact } from './conditionals.js';
export type { CopyFact } from './copies.js';
export { designFacts } from './design-facts.js';
export { comesSecond, type DocFact, type DocName, type DocTarget } from './docs.js';
export type {
  CallerFact,
  CallFact,
  CallShape,
  ContainerFact,
  DesignFacts,
  FieldFact,
  FieldKind,
  FieldUseFact,
  FillFact,
  FunctionFact,
  HelperFact,
  IgnoredResultFact,
  KeptMmFact,
  LastPut,
  LookupFact,
  ParameterFact,
  RemovalFact,
  ReuseFact,
  SignatureFact,
  StructFact,
  StructRole,
  StubFact,
  TableFact,
} from './facts.js';
export type { GlobalNameFact } from './global-names.js';
export { claimTest } from './group-counts.js';
export type { HeaderBodyFact } from './header-bodies.js';
export type { KernelApiFacts } from './kernel-api.js';
export { CONDITIONAL_GETS } from './kernel-api.table.js';
export { OPS_SLOTS, type SlotRow } from './kernel-ops.table.js';
export { callsWhenFailed } from './left-when-failed.js';
export { MAY_DEFER, TELLS_OF_FAILURE } from './log-calls.table.js';
export type { LogFact } from './log-facts.js';
export type { OddityFact, OddityKind } from './oddities/oddity.js';
export type { OutwardFact } from './outward.js';
export {
  type KnownFunction,
  type Located,
  Program,
  type Spot,
  type StructView,
  type Unit,
  unitOf,
} from './program.js';
export { type Scaffolded, scaffoldOf } from './scaffold.js';
export { TreeDeclarations } from './tree-declarations.js';
export { type Around, type TreeFacts, treeFacts } from './tree-facts.js';
