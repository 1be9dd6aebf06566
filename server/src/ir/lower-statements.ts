/** Statements, declarations, and the blocks that are expressions. */
import type { Block, Declarator, Expression, Statement } from '../syntax/index.js';
import { sourceOf } from './environment.js';
import { Op } from './instructions.js';
import { lowerValue, typeOfExpression } from './lower-expressions.js';
import { initialize } from './lower-initializers.js';
import { enterGuard, lowerLoop } from './lower-loops.js';
import { lowerExpressionStatement } from './lower-macros.js';
import { combine, lowerCondition } from './lower-operators.js';
import type { Lowering, OpenSwitch, Place, Value } from './lowering.js';
import { isInteger, promoted, Scalar, wrap } from './scalars.js';
import { type Type, UNKNOWN, VOID } from './types.js';

export function lowerStatements(to: Lowering, statements: readonly Statement[]): void {
  for (const statement of statements) lowerStatement(to, statement);
}

export function lowerStatement(to: Lowering, node: Statement): void {
  to.at(node);
  if (isCutOff(to, node)) {
    to.unseen();
    return;
  }
  switch (node.kind) {
    case 'compound':
      to.scoped(node, () => {
        lowerStatements(to, node.statements);
        to.at({ start: node.end - 1, end: node.end });
        if (node.end > to.shownUntil) to.unseen();
      });
      return;
    case 'expression':
      expressionStatement(to, node.expression, node.start);
      return;
    case 'declaration':
      declare(to, node);
      return;
    case 'if':
      lowerIf(to, node);
      return;
    case 'loop':
      lowerLoop(to, node);
      return;
    case 'switch':
      lowerSwitch(to, node);
      return;
    case 'case':
      lowerCase(to, node);
      return;
    default:
      jumpStatement(to, node);
      return;
  }
}

/** Whether the input breaks off before the statement says what it does; one that has others in it says it bit by bit. */
function isCutOff({ shownUntil }: Lowering, node: Statement): boolean {
  if (node.end <= shownUntil) return false;
  switch (node.kind) {
    case 'compound':
    case 'case':
    case 'label':
      return node.start >= shownUntil;
    case 'if':
      return node.condition.end > shownUntil;
    case 'switch':
      return node.subject.end > shownUntil;
    case 'loop':
      return node.form === 'do' || node.header.some(({ end }) => end > shownUntil);
    default:
      return true;
  }
}

function jumpStatement(to: Lowering, node: Statement): void {
  switch (node.kind) {
    case 'return':
      lowerReturn(to, node.value, node);
      return;
    case 'goto':
      lowerGoto(to, node.label);
      return;
    case 'label':
      to.builder.place(to.label(node.name));
      if (node.body) lowerStatement(to, node.body);
      return;
    case 'break':
      leaveLoop(to, to.loops.at(-1), (loop) => loop.breaks);
      return;
    case 'continue':
      leaveLoop(
        to,
        to.loops.findLast((loop) => loop.continues >= 0),
        (loop) => loop.continues,
      );
      return;
    case 'opaque-statement':
      to.opaque(node.reason);
  }
}

function leaveLoop(
  to: Lowering,
  loop: Lowering['loops'][number] | undefined,
  label: (loop: Lowering['loops'][number]) => number,
): void {
  if (!loop) return void to.opaque('a jump out of no loop');
  to.leaveTo(loop.scope);
  to.builder.jump(label(loop));
}

function expressionStatement(to: Lowering, expression: Expression, start: number): void {
  if (expression.kind === 'call' && expression.callee.kind === 'call') {
    const { callee } = expression;
    const [name, variable] = callee.args;
    const isNamed = callee.callee.kind === 'name' ? callee.callee.name : '';
    if (isNamed === 'guard' && name) {
      enterGuard(to, sourceOf(name, to.env), expression.args, start);
      return;
    }
    if (isNamed === 'CLASS' && name && variable) {
      declareClass(to, sourceOf(name, to.env), sourceOf(variable, to.env), expression, start);
      return;
    }
  }
  // `fallthrough;` is a macro for an attribute.
  if (expression.kind === 'name' && expression.name === 'fallthrough') return;
  lowerExpressionStatement(to, expression);
}

/** `CLASS(name, variable)(arguments)`: a variable that its class constructs and destroys. */
function declareClass(
  to: Lowering,
  name: string,
  variable: string,
  call: Extract<Expression, { kind: 'call' }>,
  start: number,
): void {
  enterGuard(to, name, call.args, start);
  const { local } = to.scope.cleanups.at(-1)!;
  to.scope.names.set(variable, { local, type: UNKNOWN });
}

function declare(to: Lowering, node: Extract<Statement, { kind: 'declaration' }>): void {
  if (node.defines) define(to, node.defines);
  for (const each of node.declarators) {
    if (each.type.definition) define(to, each.type.definition);
    declareOne(to, each, node);
  }
}

function define(to: Lowering, item: NonNullable<Declarator['type']['definition']>): void {
  const type = to.world.types.define(item, to.env);
  if (item.name !== '') to.root.tags.set(`${item.kind} ${item.name}`, type);
  if (item.kind !== 'enum') return;
  for (const [name, { value, kind }] of to.world.constants.enumerators(item, to.env)) {
    const place = to.newLocal(name, to.constantType(kind));
    to.store(place, to.constant(value, kind));
    to.scope.names.set(name, { local: place.local, type: place.type });
  }
}

function declareOne(to: Lowering, each: Declarator, node: Extract<Statement, { kind: 'declaration' }>): void {
  const name = to.memberName(each.name);
  const type = typeOfDeclarator(to, each, node);
  to.at({ start: node.start, end: each.end });
  if (each.type.derivations[0]?.kind === 'function' && each.type.derivations.length === 1) return;
  const place = to.newLocal(name, type, node.isStatic);
  declaredByMacro(to, place, node);
  if (place.type.size < 0 && place.type.kind === 'array') for (const value of lengths(to, each)) void value;
  to.scope.names.set(name, { local: place.local, type });
  // A static one is initialised here each time as well, which is right for the tables that the kernel keeps so.
  if (each.initial) initialize(to, place, each.initial);
  const free = freeOf(to, node, each);
  if (free)
    to.scope.cleanups.push({ local: place.local, name: free, type: type.spelling, start: node.start });
}

/** `LIST_HEAD(list);` declares and initialises: the latter is a call of the macro's name with the address. */
function declaredByMacro(to: Lowering, place: Place, node: Statement): void {
  const macro = /^(?:static\s+)?([A-Z][A-Z0-9_]+)\s*\(/.exec(to.env.text.slice(node.start, node.start + 80));
  if (!macro || /BITMAP|FLEX|PER_CPU/.test(macro[1]!)) return;
  to.builder.emit(Op.Call, { text: macro[1]!, args: [to.addressOf(place)] });
}

/** Lengths of an array that are worked out when the code runs: evaluated for what they do. */
function lengths(to: Lowering, each: Declarator): Value[] {
  return each.type.derivations.flatMap((derivation) =>
    derivation.kind === 'array' && derivation.length ? [lowerValue(to, derivation.length)] : [],
  );
}

function typeOfDeclarator(to: Lowering, each: Declarator, node: Statement): Type {
  const { base, derivations } = each.type;
  if ((base === '__auto_type' || base === 'auto') && each.initial) return typeOfExpression(to, each.initial);
  const isOpen = derivations.some((part) => part.kind === 'array' && part.length === null);
  const size = isOpen ? to.world.initializedLength(each.initial, to.env) : -1;
  const text = to.env.text.slice(node.start, node.end);
  return to.world.types.declared(each.type, text, to.env, size);
}

/** The name that `__free(name)` gives to a declaration. */
function freeOf(to: Lowering, node: Statement, each: Declarator): string | null {
  // Only a declaration of the text in which the variable stands can have been masked.
  if (!to.env.text.slice(node.start, node.end).includes('__')) return null;
  for (const mark of to.env.file.marks) {
    if (mark.name !== '__free' && mark.name !== '__cleanup') continue;
    if (mark.start < node.start || mark.start > node.end) continue;
    const { start, end } = each.nameSpan;
    const between = mark.start >= end ? [end, mark.start] : [mark.end, start];
    if (/\S/.test(to.env.text.slice(between[0], between[1]))) continue;
    return to.env.text.slice(mark.start, mark.end).replace(/^\w+\s*\(\s*|\s*\)$/g, '');
  }
  return null;
}

function lowerIf(to: Lowering, node: Extract<Statement, { kind: 'if' }>): void {
  const { builder } = to;
  const [yes, no] = [builder.newLabel(), builder.newLabel()];
  lowerCondition(to, node.condition, yes, no);
  builder.place(yes);
  to.scoped(null, () => lowerStatement(to, node.consequence));
  if (!node.alternative) {
    builder.place(no);
    return;
  }
  const end = builder.newLabel();
  builder.jump(end);
  builder.place(no);
  to.scoped(null, () => lowerStatement(to, node.alternative!));
  builder.place(end);
}

function lowerSwitch(to: Lowering, node: Extract<Statement, { kind: 'switch' }>): void {
  const { builder } = to;
  const subject = to.promote(lowerValue(to, node.subject));
  const end = builder.newLabel();
  to.at(node);
  const kind = promoted(subject.type.scalar);
  const instruction = builder.emit(Op.Switch, { a: subject.register, from: kind, cases: [], c: end });
  const table: OpenSwitch = { cases: [], symbolic: [], subject, fallback: -1 };
  to.switches.push(table);
  to.loops.push({ breaks: end, continues: -1, scope: to.scope });
  lowerStatement(to, node.body);
  to.loops.pop();
  to.switches.pop();
  instruction.cases = table.cases;
  if (table.fallback >= 0) instruction.c = table.fallback;
  if (table.symbolic.length > 0) {
    const compare = builder.newLabel();
    builder.jump(end);
    builder.place(compare);
    compareCases(to, table, instruction.c);
    instruction.c = compare;
  }
  builder.place(end);
}

/** Cases that no table can hold are compared one by one, after those that one can. */
function compareCases(to: Lowering, { symbolic, subject }: OpenSwitch, otherwise: number): void {
  for (const { value, env, label } of symbolic) {
    to.within(env, () => {
      const next = to.builder.newLabel();
      if (isRange(value)) {
        const within = to.builder.newLabel();
        compareCase(to, subject, '>=', value.left, within, next);
        to.builder.place(within);
        compareCase(to, subject, '<=', value.right, label, next);
      } else compareCase(to, subject, '==', value, label, next);
      to.builder.place(next);
    });
  }
  to.builder.jump(otherwise);
}

function compareCase(
  to: Lowering,
  subject: Value,
  operator: string,
  value: Expression,
  yes: number,
  no: number,
): void {
  const right = lowerValue(to, value);
  to.at(value);
  const { register, type } = combine(to, operator, subject, right);
  to.builder.emit(Op.Branch, { a: register, from: type.scalar, b: yes, c: no });
}

/** `case 1 ... 5:`, whose dots stand where an operator would. */
function isRange(value: Expression): value is Extract<Expression, { kind: 'binary' }> {
  return value.kind === 'binary' && value.operator.startsWith('..');
}

function lowerCase(to: Lowering, node: Extract<Statement, { kind: 'case' }>): void {
  const { builder } = to;
  const table = to.switches.at(-1);
  const label = builder.newLabel();
  builder.place(label);
  if (!table) to.opaque('a case outside of a switch');
  else if (!node.value) table.fallback = label;
  else {
    const range = rangeOf(to, node.value, table.subject.type.scalar);
    if (range) table.cases.push({ low: range[0], high: range[1], target: label });
    else table.symbolic.push({ value: node.value, env: to.env, label });
  }
  lowerStatements(to, node.body);
}

function rangeOf(to: Lowering, value: Expression, kind: Scalar): [bigint, bigint] | null {
  const low = to.world.constants.evaluate(isRange(value) ? value.left : value, to.env);
  const high = isRange(value) ? to.world.constants.evaluate(value.right, to.env) : low;
  if (!low || !high) return null;
  const fit = (each: bigint): bigint => (isInteger(kind) ? wrap(kind, each) : each);
  return [fit(low.value), fit(high.value)];
}

function lowerReturn(to: Lowering, value: Expression | null, node: Statement): void {
  const result = value ? lowerValue(to, value) : null;
  to.at(node);
  const isVoid = !result || result.register < 0 || to.returnType.scalar === Scalar.Void;
  const converted = isVoid ? null : to.convert(result, to.returnType);
  to.leaveTo(null);
  to.builder.emit(Op.Return, {
    kind: to.returnType.scalar,
    a: converted ? converted.register : -1,
  });
}

/** A goto runs what the scopes that it leaves have to run, and what was declared after its label. */
function lowerGoto(to: Lowering, label: string): void {
  const target = to.gotoScopes.get(label);
  if (target) {
    let common = to.scope;
    while (common.parent && (!common.block || !target.blocks.includes(common.block))) common = common.parent;
    to.leaveTo(common);
    const later = common.cleanups.filter((each) => each.start > target.start);
    for (const { local, name, type } of later.reverse())
      to.builder.emit(Op.ScopeExit, { a: local, text: name, type });
  }
  to.builder.jump(to.label(label));
}

/** `({ …; value; })`: the last expression is the value. */
export function lowerBlockValue(to: Lowering, block: Block): Value {
  return to.scoped(block, () => {
    const last = block.statements.at(-1);
    if (last?.kind !== 'expression') {
      lowerStatements(to, block.statements);
      return to.value(-1, VOID);
    }
    lowerStatements(to, block.statements.slice(0, -1));
    const isStatement = last.expression.kind === 'call' && last.expression.callee.kind === 'call';
    if (!isStatement) return lowerValue(to, last.expression);
    lowerStatement(to, last);
    return to.value(-1, VOID);
  });
}
