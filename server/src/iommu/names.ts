/** The variables in expressions. */
import { type AnyNode, type Expression, partsOf, walk } from '../syntax/index.js';

/** The variables an expression reads; names of called functions and members are none. */
export function namesIn(expression: AnyNode): string[] {
  const names: string[] = [];
  const collect = (node: AnyNode): void => {
    if (node.kind === 'name') names.push(node.name);
    for (const part of partsOf(node)) {
      const isCallee = node.kind === 'call' && part === node.callee && part.kind === 'name';
      if (!isCallee) collect(part);
    }
  };
  collect(expression);
  return names;
}

/** The variable that an lvalue or an address starts from: `group` in `&group->pasid_array`. */
export function baseName(expression: Expression): string | null {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'member':
    case 'index':
      return baseName(expression.object);
    case 'unary':
    case 'cast':
      return baseName(expression.operand);
    default:
      return null;
  }
}

/** What a variable or a member is called; null for anything else. */
export function lastName(node: AnyNode): string | null {
  return node.kind === 'name' || node.kind === 'member' ? node.name : null;
}

/** Whether an expression calls anything. */
export function involvesCall(value: Expression): boolean {
  let found = false;
  walk(value, (node) => {
    if (node.kind === 'call') found = true;
  });
  return found;
}
