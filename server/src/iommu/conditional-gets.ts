/** Functions whose answer says whether a reference was taken: the kernel's, and every wrapper that passes that answer on. */
import { type AnyNode, calledName, type Expression, type FunctionItem, walk } from '../syntax/index.js';
import { CONDITIONAL_GETS } from './kernel-api.table.js';
import type { Located, Program, Spot } from './program.js';

/** What a must-check name stands for. */
export interface ConditionalGet {
  readonly primitive: string;
  /** Where the wrapper returns the answer; null for the primitive itself. */
  readonly at: Spot | null;
}

/** All of them by name, wrappers of wrappers included. */
export function conditionalGets(program: Program): ReadonlyMap<string, ConditionalGet> {
  const known = new Map<string, ConditionalGet>(
    [...CONDITIONAL_GETS].map((name) => [name, { primitive: name, at: null }]),
  );
  const candidates = program
    .allFunctions()
    .filter(({ item }) => item.returns.pointers > 0 || item.returns.base !== 'void');
  for (let grew = true; grew; ) {
    grew = false;
    for (const fn of candidates) {
      if (known.has(fn.item.name) || !mentions(fn, known)) continue;
      const get = wrapped(fn, known);
      if (!get) continue;
      known.set(fn.item.name, get);
      grew = true;
    }
  }
  return known;
}

function mentions(
  { unit, item }: Located<FunctionItem>,
  known: ReadonlyMap<string, ConditionalGet>,
): boolean {
  const body = unit.image.text.slice(item.bodySpan!.start, item.bodySpan!.end);
  for (const name of known.keys()) if (body.includes(name)) return true;
  return false;
}

/** The get that every `return` of the function answers for, if there is one. */
function wrapped(
  { unit, item }: Located<FunctionItem>,
  known: ReadonlyMap<string, ConditionalGet>,
): ConditionalGet | null {
  const body = unit.c.bodyOf(item);
  if (!body || item.returns.pointers > 0) return null;
  let get: ConditionalGet | null = null;
  let others = 0;
  walk(body, (node: AnyNode) => {
    if (node.kind !== 'return' || !node.value) return;
    const inner = behindNot(node.value);
    const name = calledName(inner);
    const found = name === null ? undefined : known.get(name);
    if (found)
      get ??= { primitive: found.primitive, at: { unit, span: { start: node.start, end: node.end } } };
    else if (!isConstant(node.value)) others++;
  });
  return others === 0 ? get : null;
}

function behindNot(node: Expression): Expression {
  return node.kind === 'unary' && node.operator === '!' ? behindNot(node.operand) : node;
}

function isConstant(node: Expression): boolean {
  return (
    node.kind === 'literal' ||
    (node.kind === 'name' && /^(?:true|false|NULL|[A-Z_]+)$/.test(node.name)) ||
    (node.kind === 'unary' && isConstant(node.operand))
  );
}
