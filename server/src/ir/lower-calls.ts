/** Calls: what they are calls of, their arguments as the prototype wants them, what they give. */
import type { Expression } from '../syntax/index.js';
import { EVALUATED } from './constants.js';
import { type Argument, sourceOf } from './environment.js';
import { type Instruction, Op, type Slot } from './instructions.js';
import { INTRINSICS } from './intrinsics.js';
import { type Either, lowerEither, lowerValue } from './lower-expressions.js';
import { lowerMacroCall, lowerWrapper } from './lower-macros.js';
import type { Lowering, Value } from './lowering.js';
import { isInteger, Scalar } from './scalars.js';
import { findVariable } from './scopes.js';
import { CHAR, type FunctionType, pointerTo, type Type, targetOf, UNKNOWN, VOID } from './types.js';

type Call = Extract<Expression, { kind: 'call' }>;

export function lowerCall(to: Lowering, node: Call): Either {
  const args = node.args.map((expression): Argument => ({ expression, env: to.env }));
  return lowerCallee(to, node.callee, node, args);
}

/** Follows the callee through macro parameters to what is called. */
function lowerCallee(to: Lowering, callee: Expression, node: Call, args: readonly Argument[]): Either {
  // `"text" __stringify(x)`: a string that a macro makes longer reads as a call of the string.
  if (callee.kind === 'literal') return { value: lowerValue(to, callee) };
  if (callee.kind !== 'name') return { value: indirect(to, callee, node, args) };
  const bound = to.env.params?.get(callee.name);
  if (bound) return to.within(bound.env, () => lowerCallee(to, bound.expression, node, args));
  if (findVariable(to.scope, callee.name)) return { value: indirect(to, callee, node, args) };
  return named(to, callee.name, node, args);
}

function named(to: Lowering, name: string, node: Call, args: readonly Argument[]): Either {
  const intrinsic = INTRINSICS.get(name);
  const known = intrinsic?.(to, args, node, name);
  if (known) return known;
  const found = to.world.declarations.function(name, to.root.file);
  const macro = to.world.macros.find(name, to.env);
  const constant = macro || EVALUATED.has(name) ? constantCall(to, name, args) : null;
  if (constant) return { value: constant };
  if (macro?.parameters) {
    const expanded = lowerMacroCall(to, name, node, args);
    if (expanded) return expanded;
  }
  // An object-like macro may stand for the function's name.
  const alias = macro && macro.parameters === null ? to.world.snippets.body(macro.body) : null;
  if (alias?.kind === 'expression' && alias.expression.kind === 'name' && alias.expression.name !== name)
    return named(to, alias.expression.name, node, args);
  const wrapper = found ? lowerWrapper(to, found, node, args) : null;
  if (wrapper) return wrapper;
  if (!found && to.world.declarations.variable(name, to.root.file))
    return { value: indirect(to, node.callee, node, args) };
  return { value: direct(to, name, found ? to.world.signature(found) : null, node, args) };
}

function constantCall(to: Lowering, name: string, args: readonly Argument[]): Value | null {
  const constant = to.world.constants.call(name, args, to.env);
  return constant && isInteger(constant.kind) ? to.constant(constant.value, constant.kind) : null;
}

/** A call by name, of a function that may be known by nothing else. */
export function direct(
  to: Lowering,
  name: string,
  type: FunctionType | null,
  node: Expression,
  args: readonly Argument[],
): Value {
  const words = /^[A-Z]/.test(name) && !type ? args.filter((argument) => isWord(to, argument)) : [];
  const values = args.map((argument, index) =>
    words.includes(argument) || (words.length > 0 && isElement(argument))
      ? symbol(to, argument)
      : lowerArgument(to, argument, type, index),
  );
  to.at(node);
  const returns = type?.returns ?? pointerGiven(to, args) ?? UNKNOWN;
  return finishCall(to, Op.Call, returns, { text: name, args: values.map(({ register }) => register) });
}

/** `MLX5_SET(cmd_in, in, opcode, value)`: names that mean something only to the macro that stays a call. */
function isWord(to: Lowering, { expression, env }: Argument): boolean {
  if (expression.kind !== 'name' || env.params?.has(expression.name) || expression.name === 'NULL')
    return false;
  const { name } = expression;
  const { declarations, macros, constants } = to.world;
  return (
    !findVariable(to.scope, name) &&
    !/^(?:current|jiffies|boot_cpu_data)$/.test(name) &&
    !declarations.variable(name, to.root.file) &&
    !declarations.function(name, to.root.file) &&
    !macros.find(name, env) &&
    !constants.evaluate(expression, env)
  );
}

/** `MLX5_FLD_SZ_BYTES(create_cq_in, pas[0])`: an element of a layout that the first word names, whatever local has its name. */
function isElement({ expression }: Argument): boolean {
  return expression.kind === 'index' && expression.index.kind === 'literal';
}

function symbol(to: Lowering, { expression, env }: Argument): Value {
  to.at(expression);
  const text = sourceOf(expression, env);
  return to.value(to.builder.define(Op.String, Scalar.Pointer, { text }), pointerTo(CHAR));
}

/** A call through a pointer; through a member, the functions that tables put there are named. */
function indirect(to: Lowering, callee: Expression, node: Call, args: readonly Argument[]): Value {
  const pointer = lowerValue(to, callee);
  const slot = slotOf(to, pointer);
  const target = targetOf(pointer.type);
  const type = target.kind === 'function' ? target : null;
  const values = args.map((argument, index) => lowerArgument(to, argument, type, index));
  to.at(node);
  const parts = { a: pointer.register, slot, args: values.map(({ register }) => register) };
  return finishCall(to, Op.CallIndirect, type?.returns ?? UNKNOWN, parts);
}

/** The slot that a pointer was just loaded from. */
function slotOf(to: Lowering, { register }: Value): Slot | null {
  const { code } = to.builder;
  const load = code.at(-1);
  const field = code.at(-2);
  if (load?.op !== Op.Load || load.dst !== register) return null;
  if (field?.op !== Op.FieldAddress || field.dst !== load.a) return null;
  const candidates = to.world.declarations.candidates(field.type, field.text);
  return { record: field.type, member: field.text, candidates };
}

function finishCall(to: Lowering, op: Op, returns: Type, parts: Partial<Instruction>): Value {
  const kind = returns.scalar;
  if (kind === Scalar.Void) {
    to.builder.emit(op, parts);
    return to.value(-1, VOID);
  }
  const pointee = kind === Scalar.Pointer ? targetOf(returns).spelling : '';
  if (kind !== Scalar.Record)
    return to.value(to.builder.define(op, kind, { ...parts, type: pointee }), returns);
  const home = to.newLocal('', returns);
  const register = to.builder.define(op, kind, { ...parts, type: returns.spelling, c: home.local });
  return to.value(register, returns);
}

/** An argument, converted as the prototype asks, or promoted where it says nothing. */
function lowerArgument(to: Lowering, argument: Argument, type: FunctionType | null, index: number): Value {
  const value = to.within(argument.env, () => lowerOne(to, argument));
  to.at(argument.expression);
  const wanted = type?.parameters[index];
  return wanted ? to.convert(value, wanted) : to.promote(value);
}

/** A type given to a macro that stays a call is passed as its spelling. */
function lowerOne(to: Lowering, { expression, env }: Argument): Value {
  const type = typeGiven(to, { expression, env });
  if (!type) {
    const value = lowerValue(to, expression);
    return value.register < 0 ? to.constant(0n, Scalar.I32) : value;
  }
  to.at(expression);
  const register = to.builder.define(Op.String, Scalar.Pointer, { text: type.spelling });
  return to.value(register, pointerTo(CHAR));
}

function typeGiven(to: Lowering, { expression, env }: Argument): Type | null {
  if (expression.kind !== 'name' || env.params?.has(expression.name)) return null;
  const isType = /^(?:struct|union|enum)\s|\*\s*$|^(?:u|s)(?:8|16|32|64)$|^(?:unsigned|int|long|bool)\b/;
  return isType.test(expression.name) ? to.world.types.ofArgument(expression, env) : null;
}

/** What a macro that was given a struct's type gives back is, as far as we know, a pointer to one. */
function pointerGiven(to: Lowering, args: readonly Argument[]): Type | null {
  for (const argument of args) {
    const type = typeGiven(to, argument);
    if (type?.kind === 'record') return pointerTo(type);
  }
  return null;
}

/** The text of an argument, for members and classes. */
export function textOf(argument: Argument | undefined): string {
  return argument ? sourceOf(argument.expression, argument.env) : '';
}

/** Lowers an argument where it stands. */
export function argumentValue(to: Lowering, argument: Argument): Value {
  return to.within(argument.env, () => lowerValue(to, argument.expression));
}

export function argumentEither(to: Lowering, argument: Argument): Either {
  return to.within(argument.env, () => lowerEither(to, argument.expression));
}
