/** Which locks a function takes, as far as its own instructions tell: what callees take is theirs. */
import { Op } from '../../ir/index.js';
import { GUARDS, PRIMITIVES } from '../kernel/index.js';
import type { Procedure } from './code.js';

const ABOUT_LOCKS: ReadonlySet<string> = new Set(['lock', 'try-lock', 'lock-held', 'rcu', 'preempt']);

/** Whether it may hold a lock at some place: it takes one, asks for one, or calls something that is named so. */
export function mayLock({ ir }: Procedure): boolean {
  return ir.code.some(({ op, text }) => {
    if (op === Op.ScopeEnter || (op === Op.Call && text.includes('lock'))) return true;
    return op === Op.Call && ABOUT_LOCKS.has(PRIMITIVES.get(text)?.effect.do ?? '');
  });
}

const known = new WeakMap<Procedure, readonly string[]>();

/** The types of which it takes a lock that is a member. */
export function typesLocked(procedure: Procedure): readonly string[] {
  let types = known.get(procedure);
  if (!types) {
    types = readTypes(procedure);
    known.set(procedure, types);
  }
  return types;
}

function readTypes({ ir }: Procedure): readonly string[] {
  const records = new Map<number, string>();
  const found = new Set<string>();
  for (const { op, a, dst, type, text, args } of ir.code) {
    const moved = op === Op.Move || op === Op.Convert ? records.get(a) : undefined;
    if (op === Op.FieldAddress) records.set(dst, type);
    else if (moved !== undefined) records.set(dst, moved);
    else if (takesLock(op, text)) for (const arg of args) if (records.has(arg)) found.add(records.get(arg)!);
  }
  return [...found];
}

function takesLock(op: Op, text: string): boolean {
  if (op !== Op.Call && op !== Op.ScopeEnter) return false;
  const name = op === Op.ScopeEnter ? GUARDS.get(text)?.enter : text;
  return name !== undefined && PRIMITIVES.get(name)?.effect.do === 'lock';
}
