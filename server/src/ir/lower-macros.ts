/** Macros expanded where they are used, and small inline wrappers that are macros in all but name. */
import type { Expression, FunctionItem, Statement } from '../syntax/index.js';
import type { Found } from './declarations.js';
import { type Argument, type Env, isExpanding } from './environment.js';
import { type Either, lowerDiscarded, lowerEither } from './lower-expressions.js';
import { lowerStatements } from './lower-statements.js';
import type { Lowering } from './lowering.js';
import type { Macro } from './macros.js';
import { VOID } from './types.js';

type Name = Extract<Expression, { kind: 'name' }>;
type Call = Extract<Expression, { kind: 'call' }>;

const MAX_DEPTH = 40;

/** An object-like macro as an expression; null when the name is none, or names a type or nothing. */
export function lowerObjectMacro(to: Lowering, node: Name): Either | null {
  const macro = to.world.macros.find(node.name, to.env);
  return macro && macro.parameters === null ? expand(to, macro, [], node) : null;
}

/** A function-like macro as an expression; null when the name is none. */
export function lowerMacroCall(
  to: Lowering,
  name: string,
  node: Call,
  args: readonly Argument[],
): Either | null {
  const macro = to.world.macros.find(name, to.env);
  return macro?.parameters ? expand(to, macro, args, node) : null;
}

function expand(to: Lowering, macro: Macro, args: readonly Argument[], node: Expression): Either | null {
  if (to.env.depth > MAX_DEPTH) return { value: to.opaque(`macro ${macro.name} expands too deep`) };
  const opened = to.world.macros.open(macro, args, to.env);
  const env = to.entered(opened.env, macro, node);
  const { snippet } = opened;
  switch (snippet.kind) {
    case 'expression':
      return to.within(env, () => lowerEither(to, snippet.expression));
    case 'empty':
      return { value: to.value(-1, VOID) };
    case 'statements':
      to.within(env, () => to.scoped(snippet.block, () => lowerStatements(to, snippet.block.statements)));
      return { value: to.value(-1, VOID) };
    default:
      return macro.parameters ? { value: to.opaque(`macro ${macro.name} cannot be read`) } : null;
  }
}

/**
 * A loop macro that is not known by its shape: its `for (…)` is expanded around
 * the body, which keeps its own meaning of names.
 */
export function lowerLoopMacro(to: Lowering, node: Extract<Statement, { kind: 'loop' }>): boolean {
  const macro = to.world.macros.find(node.form, to.env);
  if (!macro?.parameters || isExpanding(to.env, node.form)) return false;
  const args = node.header.map((each): Argument => ({ expression: asExpression(each), env: to.env }));
  const body: Argument = {
    expression: { ...spanOf(node.body), kind: 'block', body: { ...blockOf(node.body) } },
    env: to.env,
  };
  const loop: Macro = {
    ...macro,
    body: `${macro.body} { ${LOOP_BODY}; }`,
    parameters: [LOOP_BODY, ...macro.parameters],
  };
  const opened = to.world.macros.open(loop, [body, ...args], to.env);
  const { snippet } = opened;
  if (snippet.kind !== 'statements') return false;
  const env = to.entered(opened.env, macro, { start: node.start, end: node.body.start });
  const params = new Map(opened.env.params ?? []);
  params.set(LOOP_BODY, body);
  to.within({ ...env, params }, () =>
    to.scoped(snippet.block, () => lowerStatements(to, snippet.block.statements)),
  );
  return true;
}

/** Stands for the loop's body inside the macro. */
const LOOP_BODY = 'loop_body_goes_here';

function spanOf({ start, end }: Statement): { start: number; end: number } {
  return { start, end };
}

function blockOf(body: Statement): Extract<Statement, { kind: 'compound' }> {
  return body.kind === 'compound' ? body : { ...spanOf(body), kind: 'compound', statements: [body] };
}

function asExpression(part: Expression | Statement): Expression {
  return part.kind === 'expression' ? part.expression : (part as Expression);
}

/** `static inline struct x *to_x(struct y *y) { return container_of(y, …); }`: a macro in all but name. */
export function lowerWrapper(
  to: Lowering,
  found: Found<FunctionItem>,
  node: Call,
  args: readonly Argument[],
): Either | null {
  const { item, file, path } = found;
  if (!item.isStatic || !item.bodySpan || item.bodySpan.end - item.bodySpan.start > 240) return null;
  if (to.env.depth > MAX_DEPTH || isExpanding(to.env, item.name)) return null;
  const body = onlyReturned(found);
  if (body?.kind !== 'call' || body.callee.kind !== 'name' || body.callee.name !== 'container_of')
    return null;
  const params = new Map<string, Argument>();
  item.parameters.forEach((each, index) => {
    const argument = args[index];
    if (argument) params.set(each.name, argument);
  });
  const { start, end } = item;
  const macro = { name: item.name, parameters: [], isVariadic: false, body: '', path, start, end };
  const inner: Env = {
    ...to.env,
    text: file.text,
    file,
    params,
    macro: item.name,
    outer: to.env,
    depth: to.env.depth + 1,
  };
  const env = to.entered(inner, macro, node);
  return to.within(env, () => lowerEither(to, body));
}

function onlyReturned({ item, file }: Found<FunctionItem>): Expression | null {
  const [only, ...more] = file.bodyOf(item)?.statements ?? [];
  return only?.kind === 'return' && more.length === 0 ? only.value : null;
}

/** Runs an expression statement that may be the body of a loop macro. */
export function lowerExpressionStatement(to: Lowering, expression: Expression): void {
  if (expression.kind === 'name' && expression.name === LOOP_BODY) {
    const body = to.env.params?.get(LOOP_BODY);
    if (body?.expression.kind !== 'block') return;
    const { statements } = body.expression.body;
    const block = body.expression.body;
    to.within(body.env, () => to.scoped(block, () => lowerStatements(to, statements)));
  } else lowerDiscarded(to, expression);
}
