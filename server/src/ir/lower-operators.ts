/** Operators: arithmetic with C's conversions, pointers, assignment, and those that are control flow. */
import type { Expression } from '../syntax/index.js';
import { BINARY_OPS, isComparison, isShift } from './arithmetic.js';
import { Op } from './instructions.js';
import { lowerEither, lowerPlace, lowerValue } from './lower-expressions.js';
import type { Lowering, Place, Value } from './lowering.js';
import { asMeant } from './misread.js';
import { commonKind, isInteger, Scalar } from './scalars.js';
import { INT, integerType, LONG, pointerTo, type Type, targetOf, UNKNOWN } from './types.js';

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

export function lowerUnary(to: Lowering, node: Of<'unary'>): Value {
  switch (node.operator) {
    case '&':
      return addressOf(to, node.operand);
    case '*': {
      const either = lowerEither(to, node);
      to.at(node);
      return 'place' in either ? to.load(either.place) : either.value;
    }
    case '!': {
      const { register, type } = lowerValue(to, node.operand);
      to.at(node);
      return to.value(to.builder.define(Op.Not, Scalar.I32, { a: register, from: type.scalar }), INT);
    }
    default:
      return arithmetic(to, node);
  }
}

function arithmetic(to: Lowering, node: Of<'unary'>): Value {
  if (node.operand.kind === 'literal' || node.operand.kind === 'name') {
    const constant = to.world.constants.evaluate(node, to.env);
    if (constant) return to.constant(constant.value, constant.kind);
  }
  const value = to.promote(lowerValue(to, node.operand));
  to.at(node);
  if (node.operator === '+') return value;
  const op = node.operator === '-' ? Op.Negate : node.operator === '~' ? Op.Complement : null;
  if (op === null) return to.opaque(`the operator ${node.operator}`);
  return to.value(to.builder.define(op, value.type.scalar, { a: value.register }), value.type);
}

function addressOf(to: Lowering, operand: Expression): Value {
  const either = lowerEither(to, operand);
  if ('place' in either) return to.pointer(either.place);
  const { value } = either;
  // A function's name is its address already; a record that was returned has one.
  if (value.type.kind === 'pointer' && value.type.target.kind === 'function') return value;
  if (value.type.scalar === Scalar.Record) return to.value(value.register, pointerTo(value.type));
  if (value.type.kind === 'unknown') return to.value(value.register, pointerTo(UNKNOWN));
  return to.opaque('the address of a value');
}

export function lowerUpdate(to: Lowering, node: Of<'update'>): Value {
  const place = lowerPlace(to, node.operand);
  to.at(node);
  const before = to.load(place);
  const one = to.constant(1n, Scalar.I32);
  const after = combine(to, node.operator === '++' ? '+' : '-', before, one);
  const stored = to.store(place, after);
  return node.isPrefix ? reread(to, place, stored) : before;
}

/** What an assignment gives is what the place now holds: a bitfield may have cut it. */
function reread(to: Lowering, place: Place, stored: Value): Value {
  return place.bits ? to.load(place) : stored;
}

export function lowerAssign(to: Lowering, node: Of<'assign'>, isUsed = true): Value {
  const operator = node.operator.slice(0, -1);
  if (operator === '') {
    const value = lowerValue(to, node.value);
    const place = lowerPlace(to, node.target);
    to.at(node);
    const stored = to.store(place, value);
    return isUsed ? reread(to, place, stored) : stored;
  }
  const value = lowerValue(to, node.value);
  const place = lowerPlace(to, node.target);
  to.at(node);
  const result = combine(to, operator, to.load(place), value);
  const stored = to.store(place, result);
  return isUsed ? reread(to, place, stored) : stored;
}

export function lowerBinary(to: Lowering, node: Of<'binary'>): Value {
  const constant = mayBeConstant(node) ? to.world.constants.evaluate(node, to.env) : null;
  if (constant && isInteger(constant.kind)) return to.constant(constant.value, constant.kind);
  if (node.operator === '&&' || node.operator === '||') return shortCircuit(to, node);
  const left = lowerValue(to, node.left);
  const right = lowerValue(to, node.right);
  to.at(node);
  return combine(to, node.operator, left, right);
}

/** Whether it is worth trying: both sides begin with what constants begin with. */
function mayBeConstant(node: Expression): boolean {
  switch (node.kind) {
    case 'binary':
      return mayBeConstant(node.left) && mayBeConstant(node.right);
    case 'name':
      return /^[A-Z0-9_]+$/.test(node.name);
    case 'call':
      return node.callee.kind === 'name' && /^[A-Z0-9_]+$/.test(node.callee.name);
    case 'cast':
    case 'unary':
      return mayBeConstant(node.operand);
    default:
      return node.kind === 'literal' || node.kind === 'sizeof';
  }
}

/** `left operator right` of two values, with C's conversions. */
export function combine(to: Lowering, operator: string, left: Value, right: Value): Value {
  const op = BINARY_OPS.get(operator);
  if (op === undefined) return to.opaque(`the operator ${operator}`, [left.register, right.register]);
  const isPointer = left.type.kind === 'pointer' || right.type.kind === 'pointer';
  if (isComparison(op)) return compared(to, op, left, right, isPointer);
  if (isPointer && (op === Op.Add || op === Op.Subtract)) return moved(to, op, left, right);
  const a = to.promote(left);
  const b = to.promote(right);
  const kind = isShift(op) ? a.type.scalar : commonKind(a.type.scalar, b.type.scalar);
  const type = integerType(kind);
  const first = to.convert(a, type);
  const second = isShift(op) ? b : to.convert(b, type);
  const parts = { from: kind, a: first.register, b: second.register };
  return to.value(to.builder.define(op, kind, parts), type);
}

function compared(to: Lowering, op: Op, left: Value, right: Value, isPointer: boolean): Value {
  const kind = isPointer ? Scalar.Pointer : commonKind(left.type.scalar, right.type.scalar);
  const type = isPointer ? (left.type.kind === 'pointer' ? left.type : right.type) : integerType(kind);
  // Conversions stand before both operands are used, in C's order.
  const a = to.convert(left, type);
  const b = to.convert(right, type);
  const parts = { from: kind, a: a.register, b: b.register };
  return to.value(to.builder.define(op, Scalar.I32, parts), INT);
}

/** Pointer arithmetic: `p + n`, `n + p`, `p - n`, `p - q`. */
function moved(to: Lowering, op: Op, left: Value, right: Value): Value {
  const [pointer, amount] = left.type.kind === 'pointer' ? [left, right] : [right, left];
  const element = targetOf(pointer.type);
  const size = element.scalar === Scalar.Void || element.kind === 'function' ? 1 : element.size;
  if (amount.type.kind === 'pointer') {
    const parts = { a: left.register, b: right.register, type: element.spelling, c: size };
    return to.value(to.builder.define(Op.PointerDifference, Scalar.I64, parts), LONG);
  }
  let index = to.promote(amount);
  if (op === Op.Subtract) {
    if (isInteger(index.type.scalar)) index = to.convert(index, LONG);
    const register = to.builder.define(Op.Negate, index.type.scalar, { a: index.register });
    index = to.value(register, index.type);
  }
  const place = to.element(pointer.register, element, index);
  return to.value(place.address, pointer.type);
}

/** Branches on an expression. */
export function lowerCondition(to: Lowering, node: Expression, yes: number, no: number): void {
  const meant = asMeant(node, to.world.types.namesIn(to.env));
  if (meant !== node) {
    lowerCondition(to, meant, yes, no);
    return;
  }
  if (node.kind === 'unary' && node.operator === '!') {
    lowerCondition(to, node.operand, no, yes);
    return;
  }
  if (node.kind === 'binary' && (node.operator === '&&' || node.operator === '||')) {
    const next = to.builder.newLabel();
    if (node.operator === '&&') lowerCondition(to, node.left, next, no);
    else lowerCondition(to, node.left, yes, next);
    to.builder.place(next);
    lowerCondition(to, node.right, yes, no);
    return;
  }
  const { register, type } = lowerValue(to, node);
  to.at(node);
  branch(to, register, type, yes, no);
}

function branch(to: Lowering, register: number, type: Type, yes: number, no: number): void {
  to.builder.emit(Op.Branch, { a: register, from: type.scalar, b: yes, c: no });
}

function shortCircuit(to: Lowering, node: Of<'binary'>): Value {
  const { builder } = to;
  const [yes, no, end] = [builder.newLabel(), builder.newLabel(), builder.newLabel()];
  lowerCondition(to, node, yes, no);
  const result = builder.register(Scalar.I32);
  const arm = (label: number, value: bigint): void => {
    builder.place(label);
    const { register } = to.constant(value, Scalar.I32);
    builder.emit(Op.Move, { kind: Scalar.I32, a: register }).dst = result;
  };
  to.at(node);
  arm(yes, 1n);
  builder.jump(end);
  arm(no, 0n);
  builder.place(end);
  return to.value(result, INT);
}

/** `a ? b : c` and `a ?: b`. */
export function lowerConditional(to: Lowering, node: Of<'conditional'>): Value {
  const { builder } = to;
  const [yes, no] = [builder.newLabel(), builder.newLabel()];
  let tested: Value | null = null;
  if (node.consequence) lowerCondition(to, node.condition, yes, no);
  else {
    tested = lowerValue(to, node.condition);
    branch(to, tested.register, tested.type, yes, no);
  }
  return choose(to, yes, no, [
    () => tested ?? lowerValue(to, node.consequence!),
    () => lowerValue(to, node.alternative),
  ]);
}

/** Two ways to one value, which gets the type that C gives to both. */
export function choose(
  to: Lowering,
  yes: number,
  no: number,
  [first, second]: readonly [() => Value, () => Value],
): Value {
  const { builder } = to;
  const end = builder.newLabel();
  builder.place(yes);
  const one = first();
  // The common type is known only when both are lowered: the moves are finished afterwards.
  const moveOne = builder.emit(Op.Convert, { a: one.register, from: one.type.scalar });
  builder.jump(end);
  builder.place(no);
  const other = second();
  const moveOther = builder.emit(Op.Convert, { a: other.register, from: other.type.scalar });
  builder.place(end);
  const type = commonType(one.type, other.type);
  if (one.register < 0 || other.register < 0 || type.scalar === Scalar.Void) {
    for (const move of [moveOne, moveOther])
      Object.assign(move, { op: Op.Jump, b: end, a: -1, from: Scalar.Void });
    return to.value(-1, type);
  }
  const dst = builder.register(type.scalar);
  for (const move of [moveOne, moveOther]) {
    const isSame = move.from === type.scalar || type.scalar === Scalar.Unknown;
    Object.assign(move, { dst, kind: type.scalar });
    if (isSame) Object.assign(move, { op: Op.Move, from: Scalar.Void });
    else if (type.scalar === Scalar.Pointer) move.type = targetOf(type).spelling;
  }
  return to.value(dst, type);
}

function commonType(one: Type, other: Type): Type {
  if (one.scalar === Scalar.Record) return one;
  if (one.scalar === Scalar.Void || other.scalar === Scalar.Void) return integerType(Scalar.Void);
  if (one.kind === 'pointer' && other.kind === 'pointer')
    return one.target.kind === 'void' || one.target.kind === 'unknown' ? other : one;
  if (one.kind === 'pointer') return one;
  if (other.kind === 'pointer') return other;
  return integerType(commonKind(one.scalar, other.scalar));
}
