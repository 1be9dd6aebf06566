/**
 * The state of lowering one function, and the steps that everything else is
 * made of: values and places, conversions, loads and stores, macros entered and
 * left. What each construct of C becomes stands in the files beside this one.
 */
import type { Span } from '../base/index.js';
import type { CFile, Expression } from '../syntax/index.js';
import { Builder } from './builder.js';
import { type Env, type Root, rootEnv, sourceOf } from './environment.js';
import { type Bits, Op, type SwitchCase } from './instructions.js';
import type { Macro } from './macros.js';
import { integerKind, isInteger, isSigned, promoted, Scalar, widthOf, wrap } from './scalars.js';
import { cleanupsBetween, findVariable, type Loop, newScope, type Scope } from './scopes.js';
import { decayed, integerType, pointerTo, type Type, targetOf, UNKNOWN, VOID } from './types.js';
import type { World } from './world.js';

/** What an expression gives: a register; for a record the register holds its address. */
export interface Value {
  readonly register: number;
  readonly type: Type;
}

/** Something that can be assigned to. */
export interface Place {
  /** The local, or -1 when it is in memory. */
  readonly local: number;
  /** The register with its address, or -1 for a local. */
  readonly address: number;
  readonly type: Type;
  readonly bits: Bits | null;
}

/** A switch whose body is being lowered. */
export interface OpenSwitch {
  readonly cases: SwitchCase[];
  /** Cases whose value is not known before the code runs (a constant whose definition is not at hand). */
  readonly symbolic: { readonly value: Expression; readonly env: Env; readonly label: number }[];
  readonly subject: Value;
  fallback: number;
}

export class Lowering {
  readonly builder = new Builder();
  readonly root: Root;
  env: Env;
  scope: Scope = newScope(null, null);
  readonly loops: Loop[] = [];
  /** Cases and default of the switches around, innermost last. */
  readonly switches: OpenSwitch[] = [];
  readonly labels = new Map<string, number>();
  readonly gotoScopes = new Map<string, { blocks: readonly unknown[]; start: number }>();
  returnType: Type = VOID;
  functionName = '';
  /** Where the input stops to show the function: what stands behind it only completes the text. */
  shownUntil = Number.POSITIVE_INFINITY;

  constructor(
    readonly world: World,
    file: CFile,
    path: string,
    typeOf: (lowering: Lowering, expression: Expression, env: Env) => Type,
  ) {
    this.root = {
      file,
      path,
      tags: new Map(),
      hasVariable: (name) => findVariable(this.scope, name) !== null,
      typeOf: (expression, env) => typeOf(this, expression, env),
    };
    this.env = rootEnv(this.root);
  }

  /** Sets where the next instructions come from. */
  at(span: Span): void {
    this.builder.span = this.env.site ?? span;
    this.builder.expansion = this.env.expansion;
  }

  /** Runs `body` with another meaning of names; spans come back with the old one. */
  within<T>(env: Env, body: () => T): T {
    const before = this.env;
    const { span, expansion } = this.builder;
    this.env = env;
    const result = body();
    this.env = before;
    this.builder.span = span;
    this.builder.expansion = expansion;
    return result;
  }

  /** The environment of a macro's body that is used at `use`. */
  entered(inner: Env, macro: Macro, use: Span): Env {
    const { start, end, path, name } = macro;
    const expansion = this.builder.expansions.push({
      macro: name,
      path,
      parent: this.env.expansion,
      start,
      end,
    });
    return { ...inner, site: this.env.site ?? use, expansion: expansion - 1 };
  }

  value(register: number, type: Type): Value {
    return { register, type };
  }

  constant(value: bigint, kind: Scalar): Value {
    return { register: this.builder.constant(kind, value), type: integerType(kind) };
  }

  constantType(kind: Scalar): Type {
    return integerType(kind);
  }

  /** A member's name, which may be given as a macro's argument. */
  memberName(name: string): string {
    const argument = this.env.params?.get(name);
    return argument ? sourceOf(argument.expression, argument.env) : name;
  }

  /** A register that holds an integer of that kind. */
  integer(register: number, kind: Scalar): Value {
    return { register, type: integerType(kind) };
  }

  /** The way goes on where the input does not show it. */
  unseen(): void {
    if (!this.builder.isUnreachable) this.builder.emit(Op.Unseen, {});
  }

  opaque(reason: string, args: readonly number[] = []): Value {
    const register = this.builder.define(Op.Opaque, Scalar.Unknown, { text: reason, args });
    return { register, type: UNKNOWN };
  }

  /** A variable of the function that has no name in C, or one that has. */
  newLocal(name: string, type: Type, isStatic = false): Place {
    const { start, end } = this.builder.span;
    const local = this.builder.local({
      name,
      type: type.spelling,
      kind: type.scalar,
      size: type.size,
      isStatic,
      start,
      end,
    });
    return { local, address: -1, type, bits: null };
  }

  memory(address: number, type: Type, bits: Bits | null = null): Place {
    return { local: -1, address, type, bits };
  }

  addressOf(place: Place): number {
    return place.local < 0
      ? place.address
      : this.builder.define(Op.LocalAddress, Scalar.Pointer, { a: place.local });
  }

  /** The value that lies in a place; arrays and records give their address. */
  load(place: Place, order = ''): Value {
    const { builder } = this;
    const { type } = place;
    const kind = type.scalar;
    if (type.kind === 'array' || type.kind === 'function')
      return this.value(this.addressOf(place), decayed(type));
    if (kind === Scalar.Record) return this.value(this.addressOf(place), type);
    const pointee = kind === Scalar.Pointer ? targetOf(type).spelling : '';
    if (place.bits) {
      const { bits } = place;
      const from = kind;
      const result = bitfieldKind(kind, bits.width);
      const register = builder.define(Op.LoadBits, result, { a: place.address, from, bits });
      return this.value(register, integerType(result));
    }
    const register =
      place.local >= 0
        ? builder.define(Op.GetLocal, kind, { a: place.local, type: pointee })
        : builder.define(Op.Load, kind, { a: place.address, type: pointee, order });
    return this.value(register, type);
  }

  /** Stores a value, converted to the place's type; gives what was stored. */
  store(place: Place, value: Value, order = ''): Value {
    const { builder } = this;
    if (place.type.scalar === Scalar.Record) {
      if (value.type.scalar === Scalar.Record) this.copy(place, value);
      return this.value(value.register, place.type);
    }
    const converted = this.convert(value, place.type);
    const kind = place.type.scalar;
    const { register } = converted;
    if (place.bits)
      builder.emit(Op.StoreBits, { from: kind, a: place.address, b: register, bits: place.bits });
    else if (place.local >= 0) builder.emit(Op.SetLocal, { kind, a: place.local, b: register });
    else builder.emit(Op.Store, { kind, a: place.address, b: register, order });
    return converted;
  }

  private copy(place: Place, value: Value): void {
    const { type } = place;
    const a = this.addressOf(place);
    this.builder.emit(Op.Copy, { a, b: value.register, type: type.spelling, c: type.size });
  }

  /** The value in another type; only what changes the register becomes an instruction. */
  convert(value: Value, type: Type): Value {
    const from = value.type.scalar;
    const kind = type.scalar;
    if (kind === Scalar.Unknown) return value;
    if (from === kind || kind === Scalar.Record || kind === Scalar.Void || value.register < 0)
      return this.value(value.register, type);
    const last = this.builder.code.at(-1);
    if (last?.op === Op.Const && last.dst === value.register && isInteger(kind)) {
      // Nothing can have used it yet: it is the last instruction.
      const converted = wrap(kind, last.cases![0]!.low);
      last.cases = [{ low: converted, high: converted, target: -1 }];
      last.kind = kind;
      this.builder.registers[last.dst] = kind;
      return this.value(last.dst, type);
    }
    const pointee = kind === Scalar.Pointer ? targetOf(type).spelling : '';
    // What a function gives of which nothing is known is told by what takes it.
    if (
      kind === Scalar.Pointer &&
      last?.op === Op.Call &&
      last.dst === value.register &&
      from === Scalar.Unknown
    ) {
      last.kind = kind;
      last.type = pointee;
      this.builder.registers[last.dst] = kind;
      return this.value(last.dst, type);
    }
    const parts = { from, a: value.register, type: pointee };
    return this.value(this.builder.define(Op.Convert, kind, parts), type);
  }

  /** The value after C's integer promotion. */
  promote(value: Value): Value {
    const kind = promoted(value.type.scalar);
    return kind === value.type.scalar ? value : this.convert(value, integerType(kind));
  }

  /** The place of a member, by name; unknown where the record does not tell. */
  member(address: number, named: Type, name: string): Place {
    const record = this.world.types.complete(named, this.env);
    const found = record.kind === 'record' ? record.find(name) : null;
    const parts = { a: address, type: record.spelling, text: name, c: found?.offset ?? -1 };
    const register = this.builder.define(Op.FieldAddress, Scalar.Pointer, parts);
    return this.memory(register, found?.type ?? UNKNOWN, found?.bits ?? null);
  }

  element(address: number, element: Type, index: Value): Place {
    const parts = {
      a: address,
      b: index.register,
      from: index.type.scalar,
      type: element.spelling,
      c: element.scalar === Scalar.Void ? 1 : element.size,
    };
    const register = this.builder.define(Op.ElementAddress, Scalar.Pointer, parts);
    return this.memory(register, element);
  }

  pointer(place: Place): Value {
    return this.value(this.addressOf(place), pointerTo(place.type));
  }

  label(name: string): number {
    let label = this.labels.get(name);
    if (label === undefined) {
      label = this.builder.newLabel();
      this.labels.set(name, label);
    }
    return label;
  }

  /** Runs what must run on the way out to `target`, which itself stays. */
  leaveTo(target: Scope | null, past = -1): void {
    for (const { local, name, type, start } of cleanupsBetween(this.scope, target)) {
      if (start >= past) this.builder.emit(Op.ScopeExit, { a: local, text: name, type });
    }
  }

  /** Lowers `body` in a scope of its own and runs at its end what must run. */
  scoped<T>(block: Scope['block'], body: () => T): T {
    const outer = this.scope;
    this.scope = newScope(outer, block);
    const result = body();
    if (this.scope.cleanups.length > 0 && !this.builder.isUnreachable) this.leaveTo(outer);
    this.scope = outer;
    return result;
  }
}

/** The type of a bitfield in an expression: `int` can hold most of them. */
function bitfieldKind(kind: Scalar, width: number): Scalar {
  if (kind === Scalar.Bool) return Scalar.Bool;
  if (width < 32 || (width === 32 && isSigned(kind))) return Scalar.I32;
  return widthOf(kind) > 32 && width === 32 ? integerKind(32, false) : kind;
}
