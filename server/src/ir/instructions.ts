/**
 * The intermediate representation: one function is its locals and a flat list
 * of instructions with jump targets. All instructions have one shape, so that
 * a machine that runs them stays fast; what the operands of each operation
 * mean is in operations.table.ts, which the printer and its reader share.
 */
import type { Span } from '../base/index.js';
import { Scalar } from './scalars.js';

/** What an instruction does. The operands of each are in operations.table.ts. */
export enum Op {
  Const,
  LocalAddress,
  GetLocal,
  SetLocal,
  GlobalAddress,
  FunctionAddress,
  String,
  Load,
  Store,
  LoadBits,
  StoreBits,
  Copy,
  Zero,
  FieldAddress,
  ElementAddress,
  ContainerOf,
  Negate,
  Complement,
  Not,
  Add,
  Subtract,
  Multiply,
  Divide,
  Remainder,
  And,
  Or,
  Xor,
  ShiftLeft,
  ShiftRight,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  PointerDifference,
  Convert,
  Move,
  Call,
  CallIndirect,
  Branch,
  Jump,
  Switch,
  Return,
  ScopeEnter,
  ScopeExit,
  IterateStart,
  IterateNext,
  Opaque,
  Unseen,
}

/** What one row of a switch covers, and where it goes. */
export interface SwitchCase {
  readonly low: bigint;
  readonly high: bigint;
  target: number;
}

/** The member through which a function is called, and the functions that some table puts there. */
export interface Slot {
  readonly record: string;
  readonly member: string;
  readonly candidates: readonly string[];
}

/** Bits of a bitfield within its storage unit, which is as wide as the instruction's kind. */
export interface Bits {
  readonly offset: number;
  readonly width: number;
}

/** How an iteration macro walks, and which of its arguments is what. */
export interface Walk {
  readonly shape: string;
  /** The role of each argument register: `cursor` and other roles ending in `&` are addresses to be written. */
  readonly roles: readonly string[];
  /** The member by which elements hang in the container, '' when there is none. */
  readonly member: string;
  /** Offset of that member, -1 when it is not known. */
  readonly offset: number;
}

/** One instruction; fields that an operation does not use hold -1, '' or null. */
export interface Instruction {
  /** Where it comes from, in the text of the function's file. */
  start: number;
  end: number;
  op: Op;
  /** The register that it defines. */
  dst: number;
  a: number;
  b: number;
  c: number;
  /** Kind of the result, or of what is stored. */
  kind: Scalar;
  /** Kind of the operands where it differs from the result's. */
  from: Scalar;
  /** A name: of a function, a field, a global; a string's content; a reason. */
  text: string;
  /** Spelling of a type: of what a pointer points to, of a copied or zeroed object, of a container. */
  type: string;
  args: readonly number[];
  cases: readonly SwitchCase[] | null;
  slot: Slot | null;
  bits: Bits | null;
  walk: Walk | null;
  /** `once`, `acquire`, `release`, `rcu`; '' for plain accesses. */
  order: string;
  /** The innermost macro whose body it came from: an index of `expansions`, or -1. */
  expansion: number;
}

/** An instruction with nothing in it but its operation. */
export function emptyInstruction(op: Op): Instruction {
  return {
    op,
    dst: -1,
    a: -1,
    b: -1,
    c: -1,
    kind: Scalar.Void,
    from: Scalar.Void,
    text: '',
    type: '',
    args: NO_ARGS,
    cases: null,
    slot: null,
    bits: null,
    walk: null,
    order: '',
    expansion: -1,
    start: 0,
    end: 0,
  };
}

const NO_ARGS: readonly number[] = [];

/** A variable of the function; parameters come first. */
export interface Local extends Span {
  readonly name: string;
  readonly type: string;
  readonly kind: Scalar;
  /** Size in bytes, -1 when it is not known. */
  readonly size: number;
  /** Whether it outlives the call. */
  readonly isStatic: boolean;
}

/** One use of a macro; its definition's span is in the text of `path`. */
export interface Expansion extends Span {
  readonly macro: string;
  readonly path: string;
  /** The expansion around it, or -1. */
  readonly parent: number;
}

/** One function, lowered. Plain data. */
export interface IrFunction {
  readonly name: string;
  /** How many of the locals are parameters. */
  readonly parameters: number;
  readonly isVariadic: boolean;
  readonly returns: Scalar;
  readonly returnType: string;
  /** Parameters that are none: variables which a part of the function that is out of sight declares. */
  readonly guessed: readonly string[];
  readonly locals: readonly Local[];
  /** The kind of each register. */
  readonly registers: readonly Scalar[];
  readonly constants: readonly bigint[];
  readonly code: readonly Instruction[];
  readonly expansions: readonly Expansion[];
}

/** Whether ways through the function go on where the input does not show it. */
export function isCutOff(ir: IrFunction): boolean {
  return ir.code.some(({ op }) => op === Op.Unseen);
}

/** Why parts of a function could not be lowered, in order; empty when all could. */
export function opaqueReasons(ir: IrFunction): string[] {
  return ir.code.filter((each) => each.op === Op.Opaque).map((each) => each.text);
}
