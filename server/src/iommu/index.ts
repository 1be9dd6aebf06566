export { designFacts } from './design-facts.js';
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
  TableFact,
} from './facts.js';
export { CONDITIONAL_GETS } from './kernel-api.table.js';
export { OPS_SLOTS, type SlotRow } from './kernel-ops.table.js';
export type { OddityFact, OddityKind } from './oddities/oddity.js';
export { type Located, Program, type Spot, type StructView, type Unit, unitOf } from './program.js';
export { type Scaffolded, scaffoldOf } from './scaffold.js';
export { TreeDeclarations } from './tree-declarations.js';
