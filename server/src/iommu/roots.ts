/**
 * Where values in a function come from: for each variable the set of roots
 * (the device that was passed in, the n-th lookup) that some assignment
 * carries into it. Order is not looked at, so a variable may have more roots
 * than it has at any one time, never fewer.
 */
import { type AnyNode, type Expression, walk } from '../syntax/index.js';

export type Root = 'device' | `lookup ${number}`;

export class Roots {
  private readonly of = new Map<string, Set<Root>>();
  private readonly flows: { readonly into: string; readonly from: readonly string[] }[] = [];

  constructor(body: AnyNode) {
    walk(body, (node) => {
      if (node.kind === 'assign' && node.target.kind === 'name') this.flow(node.target.name, node.value);
      if (node.kind === 'declaration') {
        for (const each of node.declarators) if (each.initial) this.flow(each.name, each.initial);
      }
    });
  }

  private flow(into: string, value: Expression): void {
    this.flows.push({ into, from: namesIn(value) });
  }

  /** Says that `name` comes from `root`, and carries it along. */
  add(name: string, root: Root): void {
    this.seed(name, root);
    for (let changed = true; changed; ) {
      changed = false;
      for (const { into, from } of this.flows) {
        if (!from.some((each) => this.has(each, root)) || this.has(into, root)) continue;
        this.seed(into, root);
        changed = true;
      }
    }
  }

  private seed(name: string, root: Root): void {
    const known = this.of.get(name);
    if (known) known.add(root);
    else this.of.set(name, new Set([root]));
  }

  has(name: string, root: Root): boolean {
    return this.of.get(name)?.has(root) ?? false;
  }

  /** Whether any name in the expression comes from `root`. */
  reach(expression: Expression, root: Root): boolean {
    return namesIn(expression).some((name) => this.has(name, root));
  }
}

/** The variables an expression reads; names of called functions and members are none. */
export function namesIn(expression: AnyNode): string[] {
  const names: string[] = [];
  const callees = new Set<AnyNode>();
  walk(expression, (node) => {
    if (node.kind === 'call' && node.callee.kind === 'name') callees.add(node.callee);
  });
  walk(expression, (node) => {
    if (node.kind === 'name' && !callees.has(node)) names.push(node.name);
  });
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
