/** The way in: one function, or one initialised variable, lowered. Never throws. */
import type { Block, CFile, Expression, FunctionItem, Statement, VariableItem } from '../syntax/index.js';
import type { Declarations } from './declarations.js';
import type { Env } from './environment.js';
import { type IrFunction, Op } from './instructions.js';
import { typeOfExpression } from './lower-expressions.js';
import { initialize } from './lower-initializers.js';
import { lowerStatements } from './lower-statements.js';
import { Lowering } from './lowering.js';
import { Scalar } from './scalars.js';
import { INT, pointerTo, type Type, UNKNOWN } from './types.js';
import { guessesIn } from './undeclared.js';
import { type Options, returnDerivations, World } from './world.js';

const NO_OPTIONS: Options = {};
const worlds = new WeakMap<Declarations, WeakMap<Options, World>>();

/** What is known around functions: types and constants by name, shared by all that is lowered with these declarations. */
export function worldOf(declarations: Declarations, options: Options = NO_OPTIONS): World {
  const known = worlds.get(declarations) ?? new WeakMap<Options, World>();
  worlds.set(declarations, known);
  let world = known.get(options);
  if (!world) {
    world = new World(declarations, options, typeOutside);
    known.set(options, world);
  }
  return world;
}

/** Lowers one function of `file`. What cannot be lowered is an `opaque` instruction with the reason. */
export function lower(
  file: CFile,
  item: FunctionItem,
  declarations: Declarations,
  options: Options = NO_OPTIONS,
): IrFunction {
  const world = worldOf(declarations, options);
  const to = lowering(world, file, item.name);
  to.functionName = item.name;
  const body = file.bodyOf(item);
  if (item.missing.includes('end')) to.shownUntil = file.shownUntil(item);
  if (body) rememberLabels(to, body);
  to.returnType = world.types.resolve({ ...item.returns, derivations: returnDerivations(item) }, to.env);
  to.at(item.nameSpan);
  for (const each of item.parameters) {
    to.at(each);
    const type = world.types.parameter(each.type, to.env);
    const { local } = to.newLocal(each.name, type);
    if (each.name !== '') to.scope.names.set(each.name, { local, type });
  }
  const unseen = declareUnseen(to, file, item);
  const later =
    body && item.missing.includes('end')
      ? partsOf(file, item.name).filter(({ start }) => start >= item.end)
      : [];
  const guessed = declareGuessed(to, file, item, later);
  const given = item.parameters.length + unseen + guessed.length;
  if (body) lowerStatements(to, body.statements);
  else to.opaque('no body');
  if (item.end > to.shownUntil) to.unseen();
  if (item.missing.includes('end')) lowerJumpsAhead(to, file, later);
  finish(to, body ? { start: body.end - 1, end: body.end } : item.nameSpan);
  return to.builder.finish({
    name: item.name,
    parameters: given,
    isVariadic: isVariadic(item),
    returns: to.returnType.scalar,
    returnType: to.returnType.spelling,
    guessed,
  });
}

/** The code that gives a variable outside of functions its initial value. */
export function lowerInitial(
  file: CFile,
  item: VariableItem,
  declarations: Declarations,
  options: Options = NO_OPTIONS,
): IrFunction {
  const world = worldOf(declarations, options);
  const to = lowering(world, file, item.name);
  to.at(item);
  const type = world.variableType({ item, file, path: '' });
  const parts = { text: item.name, type: type.spelling };
  const address = to.builder.define(Op.GlobalAddress, Scalar.Pointer, parts);
  if (item.initial) initialize(to, to.memory(address, type), item.initial);
  finish(to, item.nameSpan);
  return to.builder.finish({
    name: item.name,
    parameters: 0,
    isVariadic: false,
    returns: Scalar.Void,
    returnType: 'void',
    guessed: [],
  });
}

/** The number that a constant expression of a function is; null for what is none, or is not known here. */
export function constantIn(file: CFile, expression: Expression, declarations: Declarations): bigint | null {
  const world = worldOf(declarations);
  return world.constants.evaluate(expression, lowering(world, file, '').env)?.value ?? null;
}

/** All parts of a function that is shown in parts, in their order. */
function partsOf(file: CFile, name: string): readonly FunctionItem[] {
  return file.items.filter((each): each is FunctionItem => each.kind === 'function' && each.name === name);
}

/**
 * Where a goto leads whose label a later part shows: what lies between the two is passed over, so that the way is
 * known. A label that no part shows is out of sight.
 */
function lowerJumpsAhead(to: Lowering, file: CFile, later: readonly FunctionItem[]): void {
  const wanted = (): string[] =>
    [...to.labels].flatMap(([name, label]) => (to.builder.isPlaced(label) ? [] : [name]));
  for (const part of later) {
    const statements = file.bodyOf(part)?.statements ?? [];
    const first = statements.findIndex((each) => each.kind === 'label' && wanted().includes(each.name));
    if (first < 0) continue;
    to.shownUntil = part.missing.includes('end') ? file.shownUntil(part) : Number.POSITIVE_INFINITY;
    lowerStatements(to, statements.slice(first));
    if (part.end > to.shownUntil) to.unseen();
    else finish(to, { start: part.end - 1, end: part.end });
  }
  for (const name of wanted()) {
    to.builder.place(to.label(name));
    to.unseen();
  }
}

/**
 * Variables of a function that is shown in parts, which no part at hand declares, as far as their use tells what they
 * are; parameters as far as the code goes. One of the file may be among them. Returns their names.
 */
function declareGuessed(
  to: Lowering,
  file: CFile,
  item: FunctionItem,
  later: readonly FunctionItem[],
): string[] {
  const parts = [item, ...later].filter(({ missing }) => missing.includes('start'));
  const body = file.bodyOf(item);
  if (!body || parts.length === 0) return [];
  const { declarations, macros } = to.world;
  const declared = declaredIn(body);
  const guesses = new Map(parts.flatMap((part) => [...guessesIn(file.bodyOf(part)!)]));
  const names = [...guesses].filter(
    ([name]) =>
      !to.scope.names.has(name) &&
      !declared.has(name) &&
      !/^(?:current|jiffies)$/.test(name) &&
      !declarations.variable(name, file) &&
      !declarations.function(name, file) &&
      !macros.find(name, to.env),
  );
  for (const [name, guess] of names) {
    to.at(body);
    const type = guess === 'pointer' ? pointerTo(UNKNOWN) : INT;
    const { local } = to.newLocal(name, type);
    to.scope.names.set(name, { local, type });
  }
  return names.map(([name]) => name);
}

/**
 * Locals of a function that is shown in parts, which an earlier part declares. Nothing is known of their values, as of
 * those of parameters, which they follow. Returns how many.
 */
function declareUnseen(to: Lowering, file: CFile, item: FunctionItem): number {
  if (!item.missing.includes('start')) return 0;
  const parts = partsOf(file, item.name).filter(({ end }) => end <= item.start);
  let count = declareConditions(to, file, item);
  for (const part of parts) {
    for (const node of file.bodyOf(part)?.statements ?? []) {
      if (node.kind !== 'declaration' || node.isStatic) continue;
      for (const { name, type, start, end } of node.declarators) {
        if (to.scope.names.has(name) || type.derivations.some(({ kind }) => kind !== 'pointer')) continue;
        to.at({ start, end });
        const text = file.text.slice(node.start, node.end);
        const known = to.world.types.declared(type, text, to.env, -1);
        const { local } = to.newLocal(name, known);
        to.scope.names.set(name, { local, type: known });
        count++;
      }
    }
  }
  return count;
}

/**
 * What stands for the conditions of blocks that begin out of sight: such a block may be entered or not. Returns how many.
 */
function declareConditions(to: Lowering, file: CFile, item: FunctionItem): number {
  const from = file.shownFrom(item);
  let count = 0;
  const declare = (node: Statement): void => {
    if (node.start >= from) return;
    if (node.kind === 'if' && node.condition.kind === 'name' && node.condition.end <= from) {
      const { name, start, end } = node.condition;
      to.at({ start, end });
      const { local } = to.newLocal(name, INT);
      to.scope.names.set(name, { local, type: INT });
      count++;
    }
    for (const inner of statementsOf(node)) declare(inner);
  };
  for (const statement of file.bodyOf(item)?.statements ?? []) declare(statement);
  return count;
}

/** The names that the outermost block declares. */
function declaredIn({ statements }: Block): ReadonlySet<string> {
  return new Set(
    statements.flatMap((each) =>
      each.kind === 'declaration' ? each.declarators.map(({ name }) => name) : [],
    ),
  );
}

/** Every way through the code ends in a return. */
function finish(to: Lowering, span: { start: number; end: number }): void {
  // A way that cannot be gone needs no end.
  if (to.builder.isUnreachable) return;
  to.at(span);
  to.leaveTo(null);
  to.builder.emit(Op.Return, { kind: Scalar.Void });
}

function lowering(world: World, file: CFile, path: string): Lowering {
  return new Lowering(world, file, path, typeWithin);
}

/** The type of an expression within the function that is being lowered. */
function typeWithin(to: Lowering, expression: Expression, env: Env): Type {
  return to.within(env, () => typeOfExpression(to, expression));
}

/** The type of an expression that stands in no function. */
function typeOutside(world: World, expression: Expression, env: Env): Type {
  if (env.depth > 8) return UNKNOWN;
  const to = lowering(world, env.root.file, env.root.path);
  to.env = { ...env, root: to.root, depth: env.depth + 1 };
  return typeOfExpression(to, expression);
}

/** Where each label stands, for gotos that must know what they leave. */
function rememberLabels(to: Lowering, body: Block): void {
  const enter = (node: Statement, blocks: readonly Block[]): void => {
    if (node.kind === 'label') to.gotoScopes.set(node.name, { blocks, start: node.start });
    const inner = node.kind === 'compound' ? [...blocks, node] : blocks;
    for (const child of statementsOf(node)) enter(child, inner);
  };
  // The body's own block is the scope that all others hang from.
  for (const statement of body.statements) enter(statement, []);
}

function statementsOf(node: Statement): readonly Statement[] {
  switch (node.kind) {
    case 'compound':
      return node.statements;
    case 'if':
      return node.alternative ? [node.consequence, node.alternative] : [node.consequence];
    case 'loop':
    case 'switch':
      return [node.body];
    case 'case':
      return node.body;
    case 'label':
      return node.body ? [node.body] : [];
    default:
      return [];
  }
}

function isVariadic(item: FunctionItem): boolean {
  return item.returns.derivations.some((each) => each.kind === 'function' && each.isVariadic);
}
