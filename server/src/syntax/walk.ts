/** Visits every expression of a statement or expression, in the order in which C evaluates what it can order. */
import type { Expression, Statement } from './ast.js';

export type AnyNode = Expression | Statement;

/** The direct parts of a node, in source order. */
export function partsOf(node: AnyNode): readonly AnyNode[] {
  switch (node.kind) {
    case 'member':
      return [node.object];
    case 'index':
      return [node.object, node.index];
    case 'call':
      return [node.callee, ...node.args];
    case 'unary':
    case 'update':
    case 'cast':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'assign':
      return [node.value, node.target];
    case 'conditional':
      return node.consequence
        ? [node.condition, node.consequence, node.alternative]
        : [node.condition, node.alternative];
    case 'comma':
      return node.items;
    case 'initializers':
      return node.entries.map((entry) => entry.value);
    case 'block':
      return [node.body];
    case 'declaration':
      return node.declarators.flatMap((each) => (each.initial ? [each.initial] : []));
    case 'expression':
      return [node.expression];
    case 'if':
      return node.alternative
        ? [node.condition, node.consequence, node.alternative]
        : [node.condition, node.consequence];
    case 'loop':
      return [...node.header, node.body];
    case 'switch':
      return [node.subject, node.body];
    case 'case':
      return node.value ? [node.value, ...node.body] : node.body;
    case 'return':
      return node.value ? [node.value] : [];
    case 'label':
      return node.body ? [node.body] : [];
    case 'compound':
      return node.statements;
    default:
      return [];
  }
}

/** Calls `visit` for `node` and everything below it; parts come before the node that is made of them. */
export function walk(node: AnyNode, visit: (node: AnyNode) => void): void {
  for (const part of partsOf(node)) walk(part, visit);
  visit(node);
}

/** The name of the function that a call calls directly, or null for a call through a pointer. */
export function calledName(node: AnyNode): string | null {
  return node.kind === 'call' && node.callee.kind === 'name' ? node.callee.name : null;
}
