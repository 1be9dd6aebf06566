/** Collects the instructions of one function: registers, constants, locals, labels that are resolved at the end. */
import type { Span } from '../base/index.js';
import {
  type Expansion,
  emptyInstruction,
  type Instruction,
  type IrFunction,
  type Local,
  Op,
  type SwitchCase,
} from './instructions.js';
import type { Scalar } from './scalars.js';

/** What of an instruction is not the default. */
type Parts = Partial<Omit<Instruction, 'op' | 'dst'>>;

/** How much had been built at some point. */
interface Mark {
  readonly code: number;
  readonly registers: number;
  readonly locals: number;
  readonly expansions: number;
}

export class Builder {
  readonly code: Instruction[] = [];
  readonly registers: Scalar[] = [];
  readonly locals: Local[] = [];
  readonly expansions: Expansion[] = [];
  private readonly labels: number[] = [];
  private iterators = 0;
  /** Where the next instructions come from. */
  span: Span = { start: 0, end: 0 };
  expansion = -1;

  /** Emits an instruction without a result. */
  emit(op: Op, parts: Parts): Instruction {
    const each = emptyInstruction(op);
    each.start = this.span.start;
    each.end = this.span.end;
    each.expansion = this.expansion;
    Object.assign(each, parts);
    this.code.push(each);
    return each;
  }

  /** Emits an instruction and gives the register of its result. */
  define(op: Op, kind: Scalar, parts: Parts): number {
    const each = this.emit(op, parts);
    each.kind = kind;
    each.dst = this.register(kind);
    return each.dst;
  }

  register(kind: Scalar): number {
    return this.registers.push(kind) - 1;
  }

  /** Constants are pooled at the end; until then the value travels in `cases`, which a constant does not use. */
  constant(kind: Scalar, value: bigint): number {
    return this.define(Op.Const, kind, { cases: [{ low: value, high: value, target: -1 }] });
  }

  local(local: Local): number {
    return this.locals.push(local) - 1;
  }

  newLabel(): number {
    return this.labels.push(-1) - 1;
  }

  newIterator(): number {
    return this.iterators++;
  }

  isPlaced(label: number): boolean {
    return this.labels[label]! >= 0;
  }

  place(label: number): void {
    this.labels[label] = this.code.length;
  }

  jump(label: number): void {
    this.emit(Op.Jump, { b: label });
  }

  /** Whether control cannot come here but by a label. */
  get isUnreachable(): boolean {
    const last = this.code.at(-1);
    if (!last || this.labels.includes(this.code.length)) return false;
    return last.op === Op.Return || last.op === Op.Jump || last.op === Op.Unseen;
  }

  mark(): Mark {
    return {
      code: this.code.length,
      registers: this.registers.length,
      locals: this.locals.length,
      expansions: this.expansions.length,
    };
  }

  /** Forgets what was built since. */
  rollback(mark: Mark): void {
    this.code.length = mark.code;
    this.registers.length = mark.registers;
    this.locals.length = mark.locals;
    this.expansions.length = mark.expansions;
  }

  finish(
    head: Pick<IrFunction, 'name' | 'parameters' | 'isVariadic' | 'returns' | 'returnType' | 'guessed'>,
  ): IrFunction {
    const constants = new Map<bigint, number>();
    for (const each of this.code) this.resolve(each, constants);
    const { locals, registers, code, expansions } = this;
    return { ...head, locals, registers, constants: [...constants.keys()], code, expansions };
  }

  private resolve(each: Instruction, constants: Map<bigint, number>): void {
    if (each.op === Op.Const) {
      const value = each.cases![0]!.low;
      each.cases = null;
      let at = constants.get(value);
      if (at === undefined) {
        at = constants.size;
        constants.set(value, at);
      }
      each.a = at;
    } else if (each.op === Op.Jump) each.b = this.target(each.b);
    else if (each.op === Op.Branch) {
      each.b = this.target(each.b);
      each.c = this.target(each.c);
    } else if (each.op === Op.Switch) {
      each.c = this.target(each.c);
      for (const row of each.cases as SwitchCase[]) row.target = this.target(row.target);
    }
  }

  /** A label that was never placed (a goto to nowhere) leads to the end. */
  private target(label: number): number {
    const at = this.labels[label]!;
    return at < 0 ? this.code.length - 1 : at;
  }
}
