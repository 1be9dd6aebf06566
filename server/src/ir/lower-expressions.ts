/** Expressions: each becomes a value or a place. Operators are in lower-operators.ts, calls in lower-calls.ts. */
import type { Expression } from '../syntax/index.js';
import { replaceWords } from './environment.js';
import { Op } from './instructions.js';
import { readConstant, readString } from './literals.js';
import { lowerCall } from './lower-calls.js';
import { initialize } from './lower-initializers.js';
import { lowerObjectMacro } from './lower-macros.js';
import { lowerAssign, lowerBinary, lowerConditional, lowerUnary, lowerUpdate } from './lower-operators.js';
import { lowerBlockValue } from './lower-statements.js';
import type { Lowering, Place, Value } from './lowering.js';
import { asCast, asMeant } from './misread.js';
import { Scalar } from './scalars.js';
import { findVariable } from './scopes.js';
import { arrayOf, CHAR, pointerTo, type Type, targetOf, UNKNOWN, VOID } from './types.js';

/** Lowers an expression to a value; a place is loaded. */
export function lowerValue(to: Lowering, node: Expression): Value {
  to.at(node);
  switch (node.kind) {
    case 'literal':
      return literal(to, node.text, node);
    case 'unary':
      return lowerUnary(to, node);
    case 'update':
      return lowerUpdate(to, node);
    case 'binary':
    case 'cast':
      return binaryOrCast(to, node);
    case 'assign':
      return lowerAssign(to, node);
    case 'conditional':
      return lowerConditional(to, node);
    case 'sizeof':
      return size(to, node);
    case 'comma':
      return comma(to, node.items);
    case 'block':
      return lowerBlockValue(to, node.body);
    case 'opaque':
      return to.opaque(node.reason);
    default:
      return loaded(to, lowerEither(to, node), node);
  }
}

/** What a name, a member or a call gives: a place where it has one, else a value. */
export type Either = { readonly place: Place } | { readonly value: Value };

function loaded(to: Lowering, either: Either, node: Expression): Value {
  to.at(node);
  return 'place' in either ? to.load(either.place) : either.value;
}

/** Lowers an expression that may be a place. */
export function lowerEither(to: Lowering, node: Expression): Either {
  to.at(node);
  if (node.kind === 'call' || node.kind === 'member' || node.kind === 'index') {
    const meant = asCast(node, (each) => to.world.types.isType(each, to.env));
    if (meant) return { value: cast(to, meant) };
  }
  switch (node.kind) {
    case 'name':
      return name(to, node);
    case 'member':
      return { place: member(to, node) };
    case 'index':
      return { place: index(to, node) };
    case 'unary':
      if (node.operator === '*') return dereference(to, node);
      break;
    case 'call':
      return memberByMacro(to, node) ?? lowerCall(to, node);
    case 'initializers':
      return { place: compound(to, node) };
    case 'literal':
      if (node.text.includes('"')) return { place: stringPlace(to, node.text) };
      break;
    case 'comma':
      for (const item of node.items.slice(0, -1)) lowerDiscarded(to, item);
      return lowerEither(to, node.items.at(-1)!);
  }
  return { value: lowerValue(to, node) };
}

/** Lowers an expression that must be a place; what is none gets a home of its own. */
export function lowerPlace(to: Lowering, node: Expression): Place {
  const either = lowerEither(to, node);
  if ('place' in either) return either.place;
  const { register, type } = either.value;
  if (type.scalar === Scalar.Record) return to.memory(register, type);
  if (type.kind === 'unknown') return to.memory(register, UNKNOWN);
  const home = to.newLocal('', type);
  to.store(home, either.value);
  return home;
}

/** Lowers an expression of which nobody wants the value. */
export function lowerDiscarded(to: Lowering, node: Expression): void {
  if (node.kind === 'comma') for (const item of node.items) lowerDiscarded(to, item);
  else if (node.kind === 'assign') lowerAssign(to, node, false);
  else if (node.kind === 'cast') lowerDiscarded(to, node.operand);
  else if (node.kind === 'name' || node.kind === 'call') lowerEither(to, node);
  else lowerValue(to, node);
}

/** The type that an expression has; what it took to find out is forgotten. */
export function typeOfExpression(to: Lowering, node: Expression): Type {
  const mark = to.builder.mark();
  const either = lowerEither(to, node);
  to.builder.rollback(mark);
  return 'place' in either ? either.place.type : either.value.type;
}

function literal(to: Lowering, text: string, node: Expression): Value {
  const constant = text.startsWith('offsetof')
    ? to.world.constants.evaluate(node, to.env)
    : readConstant(text);
  if (constant) return to.constant(constant.value, constant.kind);
  if (text.includes('"')) return to.load(stringPlace(to, text));
  if (!text.startsWith('offsetof')) return to.opaque('a floating-point constant');
  const register = to.builder.define(Op.Call, Scalar.U64, { text: '__offsetof', type: text });
  return to.integer(register, Scalar.U64);
}

/** A string is an array; `sizeof` must see its length. */
function stringPlace(to: Lowering, text: string): Place {
  // `FW_BUG "text"`: macros that are strings stand among the pieces.
  const known = replaceWords(text, (word) => {
    const macro = to.world.macros.find(word, to.env);
    return macro && readString(macro.body) !== null ? macro.body : '';
  });
  const content = readString(known.trim()) ?? '';
  const register = to.builder.define(Op.String, Scalar.Pointer, { text: content });
  return to.memory(register, arrayOf(CHAR, content.length + 1));
}

function name(to: Lowering, node: Extract<Expression, { kind: 'name' }>): Either {
  const argument = to.env.params?.get(node.name);
  if (argument) return to.within(argument.env, () => lowerEither(to, argument.expression));
  const variable = findVariable(to.scope, node.name);
  if (variable) return { place: { local: variable.local, address: -1, type: variable.type, bits: null } };
  if (node.name === 'NULL')
    return { value: to.value(to.builder.constant(Scalar.Pointer, 0n), pointerTo(VOID)) };
  if (/^__(?:func|FUNCTION|PRETTY_FUNCTION)__$/.test(node.name)) {
    const register = to.builder.define(Op.String, Scalar.Pointer, { text: to.functionName });
    return { value: to.value(register, pointerTo(CHAR)) };
  }
  const constant = to.world.constants.evaluate(node, to.env);
  if (constant) return { value: to.constant(constant.value, constant.kind) };
  return lowerObjectMacro(to, node) ?? global(to, node.name);
}

/** A function or a variable outside of functions; a name that nothing declares is a variable of unknown type. */
function global(to: Lowering, text: string): Either {
  const { declarations } = to.world;
  const found = declarations.function(text, to.root.file);
  const variable = found ? null : declarations.variable(text, to.root.file);
  if (found) {
    const type = to.world.signature(found);
    const register = to.builder.define(Op.FunctionAddress, Scalar.Pointer, { text });
    return { value: to.value(register, pointerTo(type)) };
  }
  const type = variable ? to.world.variableType(variable) : UNKNOWN;
  const register = to.builder.define(Op.GlobalAddress, Scalar.Pointer, { text, type: type.spelling });
  return { place: to.memory(register, type) };
}

function member(to: Lowering, node: Extract<Expression, { kind: 'member' }>): Place {
  const [address, record] = node.isArrow ? pointed(to, node.object) : held(to, node.object);
  to.at(node);
  return fieldPath(to, address, record, { kind: 'name', name: node.name, start: node.start, end: node.end });
}

/** `x->FIELD(n)` where the macro makes the member's name. */
function memberByMacro(to: Lowering, node: Extract<Expression, { kind: 'call' }>): Either | null {
  const { callee } = node;
  if (callee.kind !== 'member' || !to.world.macros.find(callee.name, to.env)?.parameters) return null;
  const [address, record] = callee.isArrow ? pointed(to, callee.object) : held(to, callee.object);
  to.at(node);
  const { start, end } = callee.nameSpan;
  const name: Expression = { kind: 'name', name: callee.name, start, end };
  return { place: fieldPath(to, address, record, { ...node, callee: name }) };
}

function pointed(to: Lowering, object: Expression): [number, Type] {
  const { register, type } = lowerValue(to, object);
  return [register, targetOf(type)];
}

function held(to: Lowering, object: Expression): [number, Type] {
  const place = lowerPlace(to, object);
  return [to.addressOf(place), place.type];
}

/** `x->member` where `member` may be a macro's argument (`a.b`, `a[3]`) or a macro itself. */
function fieldPath(to: Lowering, address: number, record: Type, path: Expression): Place {
  if (path.kind === 'member') {
    const outer = fieldPath(to, address, record, path.object);
    return to.member(to.addressOf(outer), outer.type, path.name);
  }
  if (path.kind === 'index') {
    const array = fieldPath(to, address, record, path.object);
    return to.element(to.addressOf(array), targetOf(array.type), lowerValue(to, path.index));
  }
  if (path.kind === 'call' && path.callee.kind === 'name') {
    const args = path.args.map((expression) => ({ expression, env: to.env }));
    const macro = to.world.macros.find(path.callee.name, to.env);
    const opened = macro?.parameters ? to.world.macros.open(macro, args, to.env) : null;
    if (opened?.snippet.kind === 'expression') {
      const { expression } = opened.snippet;
      return to.within(opened.env, () => fieldPath(to, address, record, expression));
    }
  }
  if (path.kind !== 'name') return to.memory(to.opaque('a member that is not named').register, UNKNOWN);
  const argument = to.env.params?.get(path.name);
  if (argument) return to.within(argument.env, () => fieldPath(to, address, record, argument.expression));
  const whole = to.world.types.complete(record, to.env);
  const isKnown = whole.kind !== 'record' || whole.find(path.name) !== null;
  const macro = isKnown ? null : to.world.macros.find(path.name, to.env);
  if (!macro || macro.parameters) return to.member(address, record, path.name);
  const { snippet, env } = to.world.macros.open(macro, [], to.env);
  if (snippet.kind !== 'expression') return to.member(address, record, path.name);
  return to.within(env, () => fieldPath(to, address, record, snippet.expression));
}

function index(to: Lowering, node: Extract<Expression, { kind: 'index' }>): Place {
  const object = lowerValue(to, node.object);
  const at = to.promote(lowerValue(to, node.index));
  to.at(node);
  // `3[array]` is C too.
  const isSwapped = at.type.kind === 'pointer' && object.type.kind !== 'pointer';
  const [base, offset] = isSwapped ? [at, object] : [object, at];
  return to.element(base.register, targetOf(base.type), offset);
}

function dereference(to: Lowering, node: Extract<Expression, { kind: 'unary' }>): Either {
  const value = lowerValue(to, node.operand);
  const target = targetOf(value.type);
  if (target.kind === 'function') return { value };
  return { place: to.memory(value.register, to.world.types.complete(target, to.env)) };
}

/** `(struct foo){ … }`, or a list without a type, of which nothing is known. */
function compound(to: Lowering, node: Extract<Expression, { kind: 'initializers' }>): Place {
  if (!node.type) return to.memory(to.opaque('an initialiser list without a type').register, UNKNOWN);
  const size = to.world.initializedLength({ ...node, type: null }, to.env);
  const type = to.world.types.resolve(node.type, to.env, size);
  const place = to.newLocal('', type);
  initialize(to, place, { ...node, type: null });
  return place;
}

function binaryOrCast(to: Lowering, node: Extract<Expression, { kind: 'binary' | 'cast' }>): Value {
  const meant = asMeant(node, to.world.types.namesIn(to.env));
  if (meant !== node) return lowerValue(to, meant);
  return node.kind === 'binary' ? lowerBinary(to, node) : cast(to, node);
}

function cast(to: Lowering, node: Extract<Expression, { kind: 'cast' }>): Value {
  const type = to.world.types.resolve(node.type, to.env);
  const value = lowerValue(to, node.operand);
  to.at(node);
  if (type.kind === 'void') return to.value(-1, VOID);
  if (type.kind === 'unknown') return to.value(value.register, type);
  if (type.scalar === Scalar.Record && value.type.scalar !== Scalar.Record) return unionCast(to, type, value);
  return to.convert(value, type);
}

/** gcc's cast of a member's value to its union. */
function unionCast(to: Lowering, type: Type, value: Value): Value {
  const home = to.newLocal('', type);
  const into = type.kind === 'record' ? type.members.find((each) => each.type === value.type) : undefined;
  if (into) to.store(to.memory(to.addressOf(home), into.type), value);
  return to.load(home);
}

/** A size that is not known is asked of whoever runs the code, by the name of the type. */
function size(to: Lowering, node: Extract<Expression, { kind: 'sizeof' }>): Value {
  const constant = to.world.constants.evaluate(node, to.env);
  if (constant) return to.constant(constant.value, constant.kind);
  const type = node.type
    ? to.world.types.resolve(node.type, to.env)
    : to.world.types.ofArgument(node.operand!, to.env);
  const register = to.builder.define(Op.Call, Scalar.U64, { text: '__sizeof', type: type.spelling });
  return to.integer(register, Scalar.U64);
}

function comma(to: Lowering, items: readonly Expression[]): Value {
  for (const item of items.slice(0, -1)) lowerDiscarded(to, item);
  return lowerValue(to, items.at(-1)!);
}
