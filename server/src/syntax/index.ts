export { armsAt } from './arms.js';
export type {
  Block,
  CType,
  Declarator,
  Derivation,
  Designator,
  EnumItem,
  Expression,
  Field,
  ForParts,
  FunctionItem,
  IncludeItem,
  Initializer,
  InvocationItem,
  Item,
  MacroItem,
  Missing,
  Parameter,
  Statement,
  StructItem,
  TypedefItem,
  VariableItem,
} from './ast.js';
export { spellingOf } from './ast.js';
export { CFile, type Original, type Piece, type PlacedPiece } from './c-file.js';
export {
  type Comment,
  type CommentLine,
  commentsIn,
  type DocParameter,
  type KernelDoc,
  kernelDocOf,
} from './comments.js';
export { type Arm, type Configuration, configurationFor, DEFAULT_CONFIGURATION } from './configuration.js';
export type { Mark } from './mask.js';
export type { StandIn } from './outline.js';
export { type CompiledQuery, compileQuery, type Query, type QueryMatch } from './query.js';
export { type AnyNode, calledName, partsOf, walk } from './walk.js';
