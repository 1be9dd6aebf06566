/** Names and what must be done when they go: the scopes of one function, innermost last. */
import type { Block } from '../syntax/index.js';
import type { Type } from './types.js';

/** What leaving a scope runs: the exit of a guard, or the function of `__free`. */
interface Cleanup {
  readonly local: number;
  readonly name: string;
  readonly type: string;
  /** Where it was declared, in the function's own text. */
  readonly start: number;
}

export interface Scope {
  /** The block that opened it, null for one that no label can stand in. */
  readonly block: Block | null;
  readonly parent: Scope | null;
  readonly names: Map<string, Variable>;
  readonly cleanups: Cleanup[];
}

export interface Variable {
  readonly local: number;
  readonly type: Type;
}

/** Where `break` and `continue` lead, and the scope they lead to. */
export interface Loop {
  readonly breaks: number;
  /** -1 in a switch, through which `continue` passes. */
  readonly continues: number;
  readonly scope: Scope | null;
}

export function newScope(parent: Scope | null, block: Block | null): Scope {
  return { block, parent, names: new Map(), cleanups: [] };
}

export function findVariable(scope: Scope | null, name: string): Variable | null {
  for (let now = scope; now; now = now.parent) {
    const found = now.names.get(name);
    if (found) return found;
  }
  return null;
}

/** What runs on the way from `scope` out to `target` (not included), in order. */
export function cleanupsBetween(scope: Scope | null, target: Scope | null): Cleanup[] {
  const list: Cleanup[] = [];
  for (let now = scope; now && now !== target; now = now.parent) list.push(...[...now.cleanups].reverse());
  return list;
}
