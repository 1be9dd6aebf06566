/** Loops: `while`, `do`, `for`, iteration macros by their shape, and the block of `scoped_guard`. */
import type { Span } from '../base/index.js';
import type { Expression, Statement } from '../syntax/index.js';
import { type Argument, sourceOf } from './environment.js';
import { Op } from './instructions.js';
import { ITERATIONS, type Iteration } from './iteration.table.js';
import { argumentValue, textOf } from './lower-calls.js';
import { lowerDiscarded, lowerEither } from './lower-expressions.js';
import { lowerLoopMacro } from './lower-macros.js';
import { lowerCondition } from './lower-operators.js';
import { lowerStatement } from './lower-statements.js';
import type { Lowering } from './lowering.js';
import { Scalar } from './scalars.js';
import { type Type, targetOf, UNKNOWN, unknownNamed } from './types.js';

type LoopStatement = Extract<Statement, { kind: 'loop' }>;

export function lowerLoop(to: Lowering, node: LoopStatement): void {
  switch (node.form) {
    case 'while':
      whileLoop(to, node);
      return;
    case 'do':
      doLoop(to, node);
      return;
    case 'for':
      to.scoped(null, () => forLoop(to, node));
      return;
    case 'scoped_guard':
      scopedGuard(to, node);
      return;
  }
  const known = ITERATIONS.get(node.form);
  if (known) {
    iterate(to, node, known);
    return;
  }
  if (lowerLoopMacro(to, node)) return;
  iterate(to, node, null);
}

/** Lowers the body with the labels that `break` and `continue` mean there. */
function body(to: Lowering, node: LoopStatement, breaks: number, continues: number): void {
  to.loops.push({ breaks, continues, scope: to.scope });
  lowerStatement(to, node.body);
  to.loops.pop();
}

function whileLoop(to: Lowering, node: LoopStatement): void {
  const { builder } = to;
  const [again, start, end] = [builder.newLabel(), builder.newLabel(), builder.newLabel()];
  builder.place(again);
  lowerCondition(to, node.header[0] as Expression, start, end);
  builder.place(start);
  body(to, node, end, again);
  to.at(node);
  builder.jump(again);
  builder.place(end);
}

function doLoop(to: Lowering, node: LoopStatement): void {
  const { builder } = to;
  const [start, test, end] = [builder.newLabel(), builder.newLabel(), builder.newLabel()];
  builder.place(start);
  body(to, node, end, test);
  builder.place(test);
  const condition = node.header[0] as Expression;
  // `do { } while (0)` is a block.
  const constant = to.world.constants.evaluate(condition, to.env);
  if (constant?.value === 0n) to.at(node);
  else lowerCondition(to, condition, start, end);
  builder.place(end);
}

function forLoop(to: Lowering, node: LoopStatement): void {
  const { builder } = to;
  const { initial, condition, update } = node.parts ?? { initial: null, condition: null, update: null };
  const [test, start, next, end] = [
    builder.newLabel(),
    builder.newLabel(),
    builder.newLabel(),
    builder.newLabel(),
  ];
  if (initial?.kind === 'declaration') lowerStatement(to, initial);
  else if (initial) lowerDiscarded(to, initial as Expression);
  builder.place(test);
  if (condition) lowerCondition(to, condition, start, end);
  builder.place(start);
  body(to, node, end, next);
  builder.place(next);
  if (update) lowerDiscarded(to, update);
  to.at(node);
  builder.jump(test);
  builder.place(end);
}

/** Walks a container: `next` says whether there is an element, and writes the cursors. */
function iterate(to: Lowering, node: LoopStatement, known: Iteration | null): void {
  const { builder } = to;
  const header = node.header.map(
    (expression): Argument => ({ expression: expression as Expression, env: to.env }),
  );
  to.at(headerOf(to, node));
  const id = builder.newIterator();
  start(to, node.form, id, header, known);
  const [again, enter, end] = [builder.newLabel(), builder.newLabel(), builder.newLabel()];
  builder.place(again);
  to.at(headerOf(to, node));
  const more = builder.define(Op.IterateNext, Scalar.Bool, { a: id });
  builder.emit(Op.Branch, { a: more, from: Scalar.Bool, b: enter, c: end });
  builder.place(enter);
  body(to, node, end, again);
  to.at(node);
  builder.jump(again);
  builder.place(end);
}

/** From the macro's name to the parenthesis that closes its arguments. */
function headerOf(to: Lowering, node: LoopStatement): Span {
  const last = node.header.at(-1)?.end ?? node.start;
  const close = to.env.text.indexOf(')', last);
  const end = close >= 0 && close < node.body.start ? close + 1 : node.body.start;
  return { start: node.start, end };
}

function start(
  to: Lowering,
  form: string,
  id: number,
  header: readonly Argument[],
  known: Iteration | null,
): void {
  const { span } = to.builder;
  const args: number[] = [];
  const roles: string[] = [];
  let member = '';
  let cursor: Type = UNKNOWN;
  header.forEach((argument, index) => {
    const role = known ? (known.roles[index] ?? '-') : '?';
    if (role === '-') return;
    if (role === 'member') {
      member = textOf(argument).replace(/\s+/g, '');
      return;
    }
    const [register, type, isPlace] = argumentOf(to, argument, role);
    if (role === 'cursor&') cursor = targetOf(type);
    args.push(register);
    roles.push(role === '?' && isPlace ? '?&' : role);
  });
  to.builder.span = span;
  to.builder.expansion = to.env.expansion;
  const offset = member === '' ? -1 : (to.world.constants.place(cursor, member, to.env)?.offset ?? -1);
  const walk = { shape: known?.shape ?? 'unknown', roles, member, offset };
  to.builder.emit(Op.IterateStart, { a: id, text: form, args, type: cursor.spelling, walk });
}

/** The register for an argument: an address where the walk writes, else a value. */
function argumentOf(to: Lowering, argument: Argument, role: string): [number, Type, boolean] {
  if (role === '?' ? argument.expression.kind !== 'name' : !role.endsWith('&')) {
    const { register, type } = argumentValue(to, argument);
    return [register, type, false];
  }
  return to.within(argument.env, () => {
    const either = lowerEither(to, argument.expression);
    if (!('place' in either)) return [either.value.register, either.value.type, false];
    const { place } = either;
    const isPlace = place.type.scalar !== Scalar.Record || role.endsWith('&');
    return [to.addressOf(place), place.type, isPlace];
  });
}

/** `scoped_guard(class, &lock) { … }` is a loop that runs once: `break` leaves it. */
function scopedGuard(to: Lowering, node: LoopStatement): void {
  const end = to.builder.newLabel();
  const [name, ...args] = node.header as Expression[];
  to.scoped(null, () => {
    to.at(headerOf(to, node));
    enterGuard(to, name ? sourceOf(name, to.env) : '', args, node.start);
    to.loops.push({ breaks: end, continues: end, scope: to.scope.parent });
    lowerStatement(to, node.body);
    to.loops.pop();
    to.at({ start: node.body.end - 1, end: node.body.end });
  });
  to.builder.place(end);
}

/** Takes a guard of a class and remembers its exit in the scope. */
export function enterGuard(to: Lowering, name: string, args: readonly Expression[], start: number): void {
  const { span } = to.builder;
  const values = args.map((expression) => argumentValue(to, { expression, env: to.env }).register);
  to.builder.span = span;
  const guard = to.newLocal('', unknownNamed(`guard(${name})`));
  to.builder.emit(Op.ScopeEnter, { a: guard.local, text: name, args: values });
  to.scope.cleanups.push({ local: guard.local, name, type: '', start });
}
