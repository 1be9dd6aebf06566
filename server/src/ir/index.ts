export { compute, extractBits } from './arithmetic.js';
export { type Declarations, DeclarationsOf, type Found, type NamedFile } from './declarations.js';
export {
  type Bits,
  type Expansion,
  type Instruction,
  type IrFunction,
  isCutOff,
  type Local,
  Op,
  opaqueReasons,
  type Slot,
  type SwitchCase,
  type Walk,
} from './instructions.js';
export type { Constant } from './literals.js';
export { constantIn, lower, lowerInitial, worldOf } from './lower.js';
export { printIr } from './print.js';
export { parseIr } from './read-ir.js';
export { isSigned, SCALAR_NAMES, Scalar, widthOf, wrap } from './scalars.js';
export { Snippets } from './snippets.js';
export type {
  ArrayType,
  BasicType,
  FunctionType,
  Member,
  PointerType,
  RecordType,
  Type,
} from './types.js';
export { UNKNOWN } from './types.js';
export type { Options, World } from './world.js';
