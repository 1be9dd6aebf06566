export type { UnusedNameFact } from './additions.js';
export type { StubFact } from './conditionals.js';
export { designFacts } from './design-facts.js';
export type { DocFact, DocName, DocTarget } from './docs.js';
export type {
  CallFact,
  ContainerFact,
  DesignFacts,
  FieldFact,
  FieldKind,
  FillFact,
  FunctionFact,
  IgnoredResultFact,
  KeptMmFact,
  LastPut,
  LookupFact,
  RemovalFact,
  ReuseFact,
  StructFact,
  StructRole,
} from './facts.js';
export { CONDITIONAL_GETS } from './kernel-api.table.js';
export { OPS_SLOTS, type SlotRow } from './kernel-ops.table.js';
export { MAY_DEFER, TELLS_OF_FAILURE } from './log-calls.table.js';
export type { LogFact } from './log-facts.js';
export { type Located, Program, type Spot, type StructView, type Unit, unitOf } from './program.js';
export { type Scaffolded, scaffoldOf } from './scaffold.js';
export { TreeDeclarations } from './tree-declarations.js';
