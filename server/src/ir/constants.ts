/**
 * Evaluates what C calls constant expressions, and more than that: macros are
 * looked through, sizes and offsets used where they are known. Null means "not
 * a constant, or not known here".
 */
import type { CFile, EnumItem, Expression } from '../syntax/index.js';
import { BINARY_OPS, compute, isComparison, isShift } from './arithmetic.js';
import type { Declarations } from './declarations.js';
import { type Argument, type Env, replaceWords, sourceOf } from './environment.js';
import { type Constant, readConstant } from './literals.js';
import type { Macro, Macros } from './macros.js';
import { asCast, asMeant } from './misread.js';
import { commonKind, integerKind, isInteger, promoted, Scalar, wrap } from './scalars.js';
import type { Snippets } from './snippets.js';
import type { TypeTable } from './type-table.js';
import type { RecordType, Type } from './types.js';

type Args = readonly Argument[];

/** Calls that are evaluated here without a macro's definition. */
export const EVALUATED: ReadonlySet<string> = new Set(
  (
    'IS_ENABLED IS_BUILTIN IS_REACHABLE IS_MODULE min max umin umax min_t max_t FIELD_PREP FIELD_PREP_CONST FIELD_GET ' +
    'FIELD_MAX __bf_shf __builtin_ctzll __ffs __ffs64 ilog2 __ilog2_u64 __fls offsetof __builtin_offsetof offsetofend ' +
    '__builtin_constant_p __builtin_choose_expr'
  ).split(' '),
);
const MAX_DEPTH = 60;

export class Constants {
  private readonly enums = new WeakMap<EnumItem, ReadonlyMap<string, Constant>>();
  private readonly objects = new WeakMap<
    Macro,
    { readonly file: CFile; readonly constant: Constant | null }
  >();

  constructor(
    private readonly declarations: Declarations,
    private readonly snippets: Snippets,
    private readonly macros: Macros,
    private readonly types: TypeTable,
    /** What `IS_ENABLED` and its kin answer; null when the configuration says nothing. */
    private readonly isEnabled: (option: string) => boolean | null,
  ) {}

  evaluate(expression: Expression, env: Env): Constant | null {
    if (env.depth > MAX_DEPTH) return null;
    switch (expression.kind) {
      case 'literal':
        return expression.text.startsWith('offsetof')
          ? this.offsetOfText(expression.text, env)
          : readConstant(expression.text);
      case 'name':
        return this.name(expression.name, env);
      case 'unary':
        return this.unary(expression.operator, expression.operand, env);
      case 'binary': {
        const meant = asMeant(expression, this.types.namesIn(env));
        if (meant !== expression) return this.evaluate(meant, env);
        return this.binary(expression.operator, expression.left, expression.right, env);
      }
      case 'conditional':
        return this.conditional(expression, env);
      case 'cast': {
        const type = this.types.resolve(expression.type, env);
        const value = this.evaluate(expression.operand, env);
        return value && isScalar(type) ? { value: wrap(type.scalar, value.value), kind: type.scalar } : null;
      }
      case 'sizeof':
        return this.size(expression, env);
      case 'call':
        return this.called(expression, env);
      default:
        return null;
    }
  }

  /** A constant given as text. */
  ofText(text: string, env: Env): Constant | null {
    const snippet = this.snippets.body(text);
    return snippet.kind === 'expression'
      ? this.evaluate(snippet.expression, { ...env, text: snippet.file.text, depth: env.depth + 1 })
      : null;
  }

  /** The constants of an enum, in order; those that cannot be evaluated are left out. */
  enumerators(item: EnumItem, env: Env): ReadonlyMap<string, Constant> {
    let known = this.enums.get(item);
    if (known) return known;
    const values = new Map<string, Constant>();
    this.enums.set(item, values);
    let next: bigint | null = 0n;
    for (const member of item.members) {
      const value: bigint | null = member.value ? (this.evaluate(member.value, env)?.value ?? null) : next;
      if (value !== null) values.set(member.name, { value, kind: enumeratorKind(value) });
      next = value === null ? null : value + 1n;
    }
    known = values;
    return known;
  }

  private name(name: string, env: Env): Constant | null {
    const argument = env.params?.get(name);
    if (argument) return this.evaluate(argument.expression, argument.env);
    if (env.root.hasVariable(name)) return null;
    if (name === 'true') return { value: 1n, kind: Scalar.I32 };
    if (name === 'false') return { value: 0n, kind: Scalar.I32 };
    const option = /^CONFIG_\w+$/.test(name) ? this.isEnabled(name) : null;
    if (option !== null) return { value: option ? 1n : 0n, kind: Scalar.I32 };
    const found = this.declarations.enumOf(name, env.root.file);
    if (found)
      return this.enumerators(found.item, this.types.envOf(found.file, found.path)).get(name) ?? null;
    const macro = this.macros.find(name, env);
    return macro && macro.parameters === null ? this.objectMacro(macro, env) : null;
  }

  /** What an object-like macro is worth is the same wherever the file uses it. */
  private objectMacro(macro: Macro, env: Env): Constant | null {
    const known = this.objects.get(macro);
    if (known && known.file === env.root.file) return known.constant;
    const constant = this.body(macro, [], env);
    this.objects.set(macro, { file: env.root.file, constant });
    return constant;
  }

  private body(macro: Parameters<Macros['open']>[0], args: Args, env: Env): Constant | null {
    const { snippet, env: inner } = this.macros.open(macro, args, env);
    return snippet.kind === 'expression' ? this.evaluate(snippet.expression, inner) : null;
  }

  private unary(operator: string, operand: Expression, env: Env): Constant | null {
    const inner = this.evaluate(operand, env);
    if (!inner || !isInteger(inner.kind)) return null;
    const kind = promoted(inner.kind);
    if (operator === '!') return { value: inner.value === 0n ? 1n : 0n, kind: Scalar.I32 };
    if (operator === '-') return { value: wrap(kind, -inner.value), kind };
    if (operator === '~') return { value: wrap(kind, ~inner.value), kind };
    return operator === '+' ? { value: inner.value, kind } : null;
  }

  private binary(operator: string, left: Expression, right: Expression, env: Env): Constant | null {
    const first = this.evaluate(left, env);
    if (!first) return null;
    if (operator === '&&' && first.value === 0n) return { value: 0n, kind: Scalar.I32 };
    if (operator === '||' && first.value !== 0n) return { value: 1n, kind: Scalar.I32 };
    const second = this.evaluate(right, env);
    if (!second) return null;
    if (operator === '&&' || operator === '||')
      return { value: second.value === 0n ? 0n : 1n, kind: Scalar.I32 };
    const op = BINARY_OPS.get(operator);
    if (op === undefined || !isInteger(first.kind) || !isInteger(second.kind)) return null;
    const kind = isShift(op) ? promoted(first.kind) : commonKind(first.kind, second.kind);
    const amount = isShift(op) ? second.value : wrap(kind, second.value);
    const value = compute(op, kind, wrap(kind, first.value), amount);
    return value === null ? null : { value, kind: isComparison(op) ? Scalar.I32 : kind };
  }

  private conditional(
    { condition, consequence, alternative }: Extract<Expression, { kind: 'conditional' }>,
    env: Env,
  ): Constant | null {
    const test = this.evaluate(condition, env);
    if (!test) return null;
    const yes = consequence ? this.evaluate(consequence, env) : test;
    const no = this.evaluate(alternative, env);
    const [chosen, other] = test.value !== 0n ? [yes, no] : [no, yes];
    if (!chosen) return null;
    // The arm that is not chosen still gives its type, constant or not; where nobody knows it, the chosen one's has to do.
    const left = test.value !== 0n ? alternative : (consequence ?? condition);
    const otherKind = other?.kind ?? env.root.typeOf(left, env).scalar;
    const kind = isInteger(otherKind) ? commonKind(chosen.kind, otherKind) : chosen.kind;
    return isInteger(kind) ? { value: wrap(kind, chosen.value), kind } : chosen;
  }

  private size(expression: Extract<Expression, { kind: 'sizeof' }>, env: Env): Constant | null {
    const { type, operand, isAlignment } = expression;
    const measured = this.measured(type ? this.types.resolve(type, env) : null, operand, env);
    const value = isAlignment ? measured.align : measured.size;
    return measured.size < 0 ? null : { value: BigInt(value), kind: Scalar.U64 };
  }

  /** `sizeof(x)` reads as a type or as an expression; which one it is only the declarations know. */
  private measured(type: Type | null, operand: Expression | null, env: Env): Type {
    if (type) return type;
    return operand?.kind === 'name' && !env.root.hasVariable(operand.name)
      ? this.types.ofArgument(operand, env)
      : env.root.typeOf(operand!, env);
  }

  private called(expression: Extract<Expression, { kind: 'call' }>, env: Env): Constant | null {
    if (expression.callee.kind !== 'name') return null;
    const { name } = expression.callee;
    if (env.root.hasVariable(name)) return null;
    const cast = asCast(expression, (each) => this.types.isType(each, env));
    if (cast) return this.evaluate(cast, env);
    return this.call(
      name,
      expression.args.map((each) => ({ expression: each, env })),
      env,
    );
  }

  /** The value of a call of a macro, or of one of the few names that are known here. */
  call(name: string, args: Args, env: Env): Constant | null {
    const known = this.intrinsic(name, args, env);
    if (known !== undefined) return known;
    const macro = this.macros.find(name, env);
    return macro?.parameters ? this.body(macro, args, env) : null;
  }

  /** Undefined when the name is not one that is evaluated here. */
  private intrinsic(name: string, args: Args, env: Env): Constant | null | undefined {
    const value = (at: number): Constant | null =>
      args[at] ? this.evaluate(args[at].expression, args[at].env) : null;
    switch (name) {
      case 'IS_ENABLED':
      case 'IS_BUILTIN':
      case 'IS_REACHABLE':
      case 'IS_MODULE': {
        const option = args[0] ? this.isEnabled(sourceOf(args[0].expression, env)) : null;
        return option === null ? null : { value: option ? 1n : 0n, kind: Scalar.I32 };
      }
      case 'min':
      case 'max':
      case 'umin':
      case 'umax':
        return this.extreme(name.endsWith('min'), value(0), value(1));
      case 'min_t':
      case 'max_t':
        return this.extreme(name === 'min_t', value(1), value(2), this.typeOf(args[0]));
      case 'FIELD_PREP':
      case 'FIELD_PREP_CONST':
      case 'FIELD_GET':
        return field(name === 'FIELD_GET', value(0), value(1));
      case 'FIELD_MAX':
        return field(true, value(0), value(0));
      case '__bf_shf':
      case '__builtin_ctzll':
      case '__ffs':
      case '__ffs64':
        return trailingZeros(value(0));
      case 'ilog2':
      case '__ilog2_u64':
      case '__fls':
        return logarithm(value(0));
      case 'offsetof':
      case '__builtin_offsetof':
        return args[1]
          ? this.offset(this.typeOf(args[0]), sourceOf(args[1].expression, args[1].env), env)
          : null;
      case 'offsetofend':
        return this.offsetEnd(args, env);
      case '__builtin_constant_p':
        return { value: value(0) ? 1n : 0n, kind: Scalar.I32 };
      case '__builtin_choose_expr':
        return value(0) ? (value(0)!.value !== 0n ? value(1) : value(2)) : null;
      default:
        return undefined;
    }
  }

  private typeOf(argument: Argument | undefined): Type {
    const { expression, env } = argument!;
    return this.types.ofArgument(expression, env);
  }

  private extreme(least: boolean, a: Constant | null, b: Constant | null, type?: Type): Constant | null {
    if (!a || !b) return null;
    const kind = type ? type.scalar : commonKind(a.kind, b.kind);
    if (!isInteger(kind)) return null;
    const [left, right] = [wrap(kind, a.value), wrap(kind, b.value)];
    return { value: left < right === least ? left : right, kind };
  }

  private offsetOfText(text: string, env: Env): Constant | null {
    const written = replaceWords(text, (word) => {
      const argument = env.params?.get(word);
      return argument ? sourceOf(argument.expression, argument.env) : null;
    });
    const match = /^offsetof\s*\(([^,]*),([\s\S]*)\)$/.exec(written);
    return match ? this.offset(this.types.named(match[1]!.trim(), env), match[2]!, env) : null;
  }

  private offsetEnd(args: Args, env: Env): Constant | null {
    if (!args[0] || !args[1]) return null;
    const place = this.place(this.typeOf(args[0]), sourceOf(args[1].expression, args[1].env), env);
    return place && place.type.size >= 0 ? sized(place.offset + place.type.size) : null;
  }

  private offset(type: Type, path: string, env: Env): Constant | null {
    const place = this.place(type, path, env);
    return place ? sized(place.offset) : null;
  }

  /** Where `a.b[3].c` lies in a record. */
  place(record: Type, path: string, env: Env): { offset: number; type: Type } | null {
    let type = record;
    let offset = 0;
    for (const [, name, index] of path.matchAll(/\.?\s*([A-Za-z_]\w*)|\[([^\]]*)\]/g)) {
      if (name !== undefined) {
        const member = type.kind === 'record' ? (type as RecordType).find(name) : null;
        if (!member || member.offset < 0) return null;
        type = member.type;
        offset += member.offset;
      } else {
        const at = this.ofText(index!, env);
        if (!at || type.kind !== 'array' || type.element.size < 0) return null;
        type = type.element;
        offset += Number(at.value) * type.size;
      }
    }
    return { offset, type };
  }

  /** The environment of a file's own declarations. */
  envOf(file: CFile, path: string): Env {
    return this.types.envOf(file, path);
  }
}

function sized(value: number): Constant {
  return { value: BigInt(value), kind: Scalar.U64 };
}

function isScalar(type: Type): boolean {
  return type.kind === 'integer' || type.kind === 'pointer';
}

function enumeratorKind(value: bigint): Scalar {
  if (value >= -(1n << 31n) && value < 1n << 31n) return Scalar.I32;
  if (value >= 0n && value < 1n << 32n) return Scalar.U32;
  return integerKind(64, value < 1n << 63n);
}

function trailingZeros(mask: Constant | null): Constant | null {
  if (!mask || mask.value === 0n) return null;
  let shift = 0;
  while (((mask.value >> BigInt(shift)) & 1n) === 0n) shift++;
  return { value: BigInt(shift), kind: Scalar.I32 };
}

function logarithm(of: Constant | null): Constant | null {
  return of && of.value > 0n ? { value: BigInt(of.value.toString(2).length - 1), kind: Scalar.I32 } : null;
}

function field(isGet: boolean, mask: Constant | null, value: Constant | null): Constant | null {
  const shift = trailingZeros(mask);
  if (!mask || !shift || !value) return null;
  const { kind } = mask;
  const cut = isGet ? (value.value & mask.value) >> shift.value : (value.value << shift.value) & mask.value;
  return { value: wrap(kind, cut), kind };
}
