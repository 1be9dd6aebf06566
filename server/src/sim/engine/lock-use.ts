/** Which locks a function takes, as far as its own instructions tell: what callees take is theirs. */
import { Op } from '../../ir/index.js';
import { GUARDS, PRIMITIVES } from '../kernel/index.js';
import type { Site } from '../model/index.js';
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

/** Which locks a function's own instructions take and give back, by their classes: `struct toy.lock`, a variable, or SOME_LOCK. */
export interface LockUse {
  readonly takes: ReadonlySet<string>;
  readonly gives: readonly { readonly lock: string; readonly start: number; readonly end: number }[];
  /** Whether it says that its caller holds one. */
  readonly asserts: boolean;
}

/** The class of a lock of which the instructions do not tell where it lies. */
export const SOME_LOCK = '?';

const uses = new WeakMap<Procedure, LockUse>();

/** What a function does to locks, as far as its own instructions tell. */
export function lockUseOf(procedure: Procedure): LockUse {
  let use = uses.get(procedure);
  if (!use) {
    use = readUse(procedure);
    uses.set(procedure, use);
  }
  return use;
}

/** The class of the lock that the call at a place gives back; null when that is no such call. */
export function givenBackAt(procedure: Procedure, { start, end }: Site): string | null {
  const { gives } = lockUseOf(procedure);
  return gives.find((each) => each.start === start && each.end === end)?.lock ?? null;
}

function readUse({ ir }: Procedure): LockUse {
  const classes = new Map<number, string>();
  const takes = new Set<string>();
  const gives: LockUse['gives'][number][] = [];
  let asserts = false;
  for (const { op, a, dst, type, text, args, start, end } of ir.code) {
    if (op === Op.FieldAddress) classes.set(dst, `${type}.${text}`);
    else if (op === Op.GlobalAddress) classes.set(dst, text);
    else if ((op === Op.Move || op === Op.Convert) && classes.has(a)) classes.set(dst, classes.get(a)!);
    if (op !== Op.Call && op !== Op.ScopeEnter) continue;
    const effect = PRIMITIVES.get(op === Op.Call ? text : (GUARDS.get(text)?.enter ?? ''))?.effect;
    if (effect?.do === 'lock-held') asserts ||= effect.isWanted;
    if (effect?.do !== 'lock' && effect?.do !== 'try-lock' && effect?.do !== 'unlock') continue;
    const lock =
      typeof effect.lock === 'number'
        ? (classes.get(args[effect.lock] ?? -1) ?? SOME_LOCK)
        : `${effect.lock.record}.${effect.lock.member}`;
    if (effect.do !== 'unlock') takes.add(lock);
    if (effect.do === 'unlock' || op === Op.ScopeEnter) gives.push({ lock, start, end });
  }
  return { takes, gives, asserts };
}

/** Whether the tables say what a function does: then it takes no lock that they do not tell of. */
export function isPrimitive(name: string): boolean {
  return PRIMITIVES.has(name);
}
