/** What the engine asks of the code around a run. Implemented where C is known; the engine sees IR alone. */
import { type Instruction, type IrFunction, Op, Scalar } from '../../ir/index.js';
import { type ErrorEffect, PRIMITIVES } from '../kernel/index.js';

/** A loop as far as instructions tell it: from where a jump leads back to, to that jump. */
export class Loop {
  private locals: { readonly names: ReadonlySet<number>; readonly sets: ReadonlySet<number> } | null = null;

  constructor(
    private readonly code: readonly Instruction[],
    readonly start: number,
    readonly end: number,
  ) {}

  has(at: number): boolean {
    return this.start <= at && at <= this.end;
  }

  /** Locals that it reads, or takes the address of. */
  get names(): ReadonlySet<number> {
    return this.readLocals().names;
  }

  /** Locals that it may write. */
  get sets(): ReadonlySet<number> {
    return this.readLocals().sets;
  }

  private readLocals(): NonNullable<Loop['locals']> {
    if (this.locals) return this.locals;
    const names = new Set<number>();
    const sets = new Set<number>();
    for (const { op, a } of this.code.slice(this.start, this.end + 1)) {
      if (op === Op.SetLocal || op === Op.LocalAddress) sets.add(a);
      if (op === Op.GetLocal || op === Op.LocalAddress || op === Op.ScopeExit) names.add(a);
    }
    this.locals = { names, sets };
    return this.locals;
  }
}

/** A way out of a loop: which target of a branch takes it. */
export interface WayOut {
  readonly exit: 'b' | 'c';
  readonly loop: Loop;
}

/** One function with its IR and what can be told of it once and for all. */
export class Procedure {
  /** Locals that need memory: records, arrays, and those whose address is taken. */
  readonly boxed: readonly boolean[];
  /** For a branch within a loop, which of its targets leaves the loop. */
  private readonly exits = new Map<number, WayOut>();
  private readonly loops: Loop[] = [];
  private all: Loop | null = null;
  private readonly ends = new Map<number, 'failure' | 'return' | null>();
  private readonly used: ReadonlySet<number>;
  /** Whether it calls nothing but primitives, as far as the IR tells. */
  readonly calls: readonly string[];

  constructor(
    readonly ir: IrFunction,
    readonly path: string,
    /** The text of its file, for quoting. */
    readonly source: string,
  ) {
    const boxed = ir.locals.map(({ kind, isStatic }) => kind === Scalar.Record || isStatic);
    const used = new Set<number>();
    const calls: string[] = [];
    for (const each of ir.code) {
      if (each.op === Op.LocalAddress) boxed[each.a] = true;
      for (const register of operandsOf(each)) used.add(register);
      if (each.op === Op.Call) calls.push(each.text);
    }
    this.boxed = boxed;
    this.used = used;
    this.calls = calls;
    this.findLoops();
  }

  get name(): string {
    return this.ir.name;
  }

  isUsed(register: number): boolean {
    return this.used.has(register);
  }

  /** Whether a result is asked whether it is an xarray's error and used for nothing else. */
  isOnlyAskedForError(register: number): boolean {
    const uses = this.ir.code.filter((each) => operandsOf(each).includes(register));
    return uses.length > 0 && uses.every((each) => this.asksForError(each));
  }

  private asksForError(each: Instruction): boolean {
    if (each.op === Op.Call) return errorEffectOf(each)?.startsWith('xa-') ?? false;
    if (each.op === Op.Convert || each.op === Op.Move) return this.isOnlyAskedForError(each.dst);
    if (each.op !== Op.SetLocal) return false;
    const reads = this.ir.code.filter(({ op, a }) => op === Op.GetLocal && a === each.a);
    return reads.every(({ dst }) => this.isOnlyAskedForError(dst));
  }

  /** How the code goes on from there, if all it does is return: with a failure, or with anything else. */
  endsSoon(from: number): 'failure' | 'return' | null {
    let known = this.ends.get(from);
    if (known === undefined) {
      known = this.endFrom(from);
      this.ends.set(from, known);
    }
    return known;
  }

  private endFrom(from: number): 'failure' | 'return' | null {
    const { code, constants } = this.ir;
    const failures = new Set<number>();
    for (let at = from, steps = 0; at < code.length && steps < SOON; steps++) {
      const each = code[at]!;
      if (each.op === Op.Return) return failures.has(each.a) ? 'failure' : steps < 4 ? 'return' : null;
      if (each.op === Op.Branch || each.op === Op.Switch || each.op === Op.Unseen) return null;
      if (each.op === Op.Const && isErrno(constants[each.a]!)) failures.add(each.dst);
      else if ((each.op === Op.Convert || each.op === Op.Move) && failures.has(each.a))
        failures.add(each.dst);
      else if (errorEffectOf(each) === 'make') failures.add(each.dst);
      at = each.op === Op.Jump ? each.b : at + 1;
    }
    return null;
  }

  /** Which way out of a loop a branch offers, if one. */
  exitOf(at: number): WayOut | undefined {
    return this.exits.get(at);
  }

  /** All of it, as if it went round. */
  get whole(): Loop {
    this.all ??= new Loop(this.ir.code, 0, this.ir.code.length);
    return this.all;
  }

  /** The innermost loop around an instruction. */
  loopAround(at: number): Loop | null {
    return this.loopsAround(at)[0] ?? null;
  }

  private loopsAround(at: number): Loop[] {
    return this.loops.filter((loop) => loop.has(at)).sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  /** A jump back spans a loop; a branch within that leads past it is a way out. */
  private findLoops(): void {
    const { code } = this.ir;
    code.forEach((each, at) => {
      for (const target of targetsOf(each)) if (target <= at) this.loops.push(new Loop(code, target, at));
    });
    if (this.loops.length === 0) return;
    code.forEach((each, at) => {
      if (each.op !== Op.Branch) return;
      // The innermost loop decides.
      const loop = this.loopsAround(at).find((around) => around.has(each.b) !== around.has(each.c));
      if (loop) this.exits.set(at, { exit: loop.has(each.b) ? 'c' : 'b', loop });
    });
  }
}

/** A message, perhaps, and a return. */
const SOON = 24;

/** What a call does with errors in pointers or entries; null for all else. */
function errorEffectOf({ op, text }: Instruction): ErrorEffect['what'] | null {
  const effect = op === Op.Call ? PRIMITIVES.get(text)?.effect : undefined;
  return effect?.do === 'error' ? effect.what : null;
}

function isErrno(value: bigint): boolean {
  const number = BigInt.asIntN(32, value);
  return number < 0n && number >= -4095n;
}

function targetsOf(each: Instruction): number[] {
  if (each.op === Op.Jump) return [each.b];
  return each.op === Op.Branch ? [each.b, each.c] : [];
}

/** The registers that an instruction reads. */
function operandsOf(each: Instruction): number[] {
  switch (each.op) {
    case Op.Const:
    case Op.LocalAddress:
    case Op.GetLocal:
    case Op.ScopeExit:
    case Op.IterateNext:
      return [];
    case Op.SetLocal:
      return [each.b];
    case Op.Call:
    case Op.ScopeEnter:
    case Op.IterateStart:
    case Op.Opaque:
      return [...each.args];
    case Op.CallIndirect:
      return [each.a, ...each.args];
    case Op.Branch:
    case Op.Switch:
    case Op.Return:
      return [each.a];
    default:
      return [each.a, each.b];
  }
}

/** A variable outside of functions. */
export interface GlobalVariable {
  /** The file that defines it: two static variables may share a name. */
  readonly path: string;
  readonly type: string;
  readonly size: number;
  /** Whether its initial value is the one it always has. */
  readonly isConst: boolean;
  /** Whether it is defined here, not only declared. */
  readonly isDefined: boolean;
  /** Code that gives it its initial value, or null for zero. */
  readonly initial: Procedure | null;
  /** The macro that declares it (`DEFINE_MUTEX`), or ''. */
  readonly macro: string;
}

/** A function as the code around it sees it. */
export interface Neighbour {
  readonly name: string;
  /** Whether nothing outside of its file can call it by name. */
  readonly isStatic: boolean;
  /** Whether it runs before there is anybody else: annotated `__init`. */
  readonly isInit: boolean;
  /** The members of tables that it stands in: `probe`, `attach_dev`. */
  readonly slots: readonly string[];
  /** Whether it is annotated, or the comment above it says, that locks are held or given back: `__releases(&toy->lock)`. */
  readonly isToldOfLocks: () => boolean;
  readonly procedure: () => Procedure;
}

/** A function that is defined in the code at hand. */
export interface Code {
  /** The definition that a call in `from` reaches; null when its body is not at hand. */
  procedure(name: string, from: string): Procedure | null;
  /** Which argument of a function that is declared where a call in `from` stands is a gfp mask; -1 for none. */
  maskOf(name: string, from: string): number;
  /** Where it is in another file that `from` does not include: it is read, and not run. Null without a tree that has it. */
  elsewhere(name: string, from: string): Procedure | null;
  /** What the simulated world does in place of a function of the kernel; wins over what the tables say. */
  standIn(name: string): Procedure | null;
  /** Whether a file belongs to the simulated world, not to the code under review. */
  isWorld(path: string): boolean;
  /** Null for names that no declaration explains. */
  global(name: string, from: string): GlobalVariable | null;
  /** Offset of a member in a record, -1 when it is not known. */
  offsetOf(record: string, member: string, from: string): number;
  /** The members of its file's tables that name a function: `probe`, `attach_dev`. */
  slotsOf(procedure: Procedure): readonly string[];
  /** All functions that a file defines. */
  neighbours(path: string): readonly Neighbour[];
}
