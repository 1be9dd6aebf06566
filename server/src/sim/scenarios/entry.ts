/**
 * What the callers of a function bring: asked of the file around it when runs
 * of the function alone have shown something that a caller's lock would make
 * right. Callers are run for it, and only then.
 */
import { Op } from '../../ir/index.js';
import { type Code, type Counterexample, explore, type Neighbour, type Procedure } from '../engine/index.js';
import { GUARDS, PRIMITIVES } from '../kernel/index.js';
import { aloneSubject } from './alone.js';

/** How far up callers are asked. */
const DEPTH = 3;

/** Enough to see every call of a caller that lies on no rare path. */
const CALLER_BUDGET = { runs: 10, freshRuns: 40, steps: 30_000, cost: 3, isCancelled: () => false };

/** Table members whose functions run before anybody else has the device. */
const ALONE_SLOTS = /^(?:probe|probe_new|bind|remove|remove_new|shutdown|unbind)$/;

/** Whether what a run found is right after all: nobody here locks, or every caller does. */
export function isExcused({ wantsLock }: Counterexample, code: Code, procedure: Procedure): boolean {
  if (wantsLock === undefined) return false;
  const around = code.neighbours(procedure.path);
  if (wantsLock !== null && !locksIn(around).some((lock) => wantsLock.includes(lock))) return true;
  return isEnteredLocked(code, around, procedure.name, DEPTH);
}

/** Whether every way into a function that can be seen holds a lock or has nobody else around. */
function isEnteredLocked(code: Code, around: readonly Neighbour[], name: string, depth: number): boolean {
  const self = around.find((each) => each.name === name);
  if (!self) return false;
  if (self.isInit || self.slots.some((slot) => ALONE_SLOTS.test(slot))) return true;
  // Callers in other files are not seen: what they hold is theirs to know.
  if (!self.isStatic && self.slots.length === 0) return true;
  if (self.slots.length > 0 || depth === 0) return false;
  const callers = around.filter((each) => each.name !== name && each.procedure().calls.includes(name));
  if (callers.length === 0) return false;
  return callers.every(
    (each) => isCalledLocked(code, each, name) || isEnteredLocked(code, around, each.name, depth - 1),
  );
}

/** Whether a caller holds a lock at each call that its runs show; of one that never locks no run is needed. */
function isCalledLocked(code: Code, caller: Neighbour, name: string): boolean {
  if (!hasToDoWithLocks(caller.procedure())) return false;
  let isLocked = true;
  explore(
    aloneSubject(code, caller.procedure()),
    CALLER_BUDGET,
    { order: 'novelty', isReduced: false },
    {
      observe({ ledger }) {
        const calls = ledger.calls.filter((each) => each.name === name);
        if (!ledger.assertsLock && calls.some(({ locks }) => locks.length === 0)) isLocked = false;
      },
    },
  );
  return isLocked;
}

function hasToDoWithLocks({ ir }: Procedure): boolean {
  return ir.code.some(({ op, text }) => {
    if (op === Op.ScopeEnter || (op === Op.Call && text.includes('lock'))) return true;
    return op === Op.Call && LOCKING.has(PRIMITIVES.get(text)?.effect.do ?? '');
  });
}

const LOCKING: ReadonlySet<string> = new Set(['lock', 'try-lock', 'lock-held', 'rcu', 'preempt']);

/** The types of which the functions take a lock. */
function locksIn(around: readonly Neighbour[]): string[] {
  return around.flatMap(({ procedure }) => lockedBy(procedure()));
}

const locked = new WeakMap<Procedure, readonly string[]>();

function lockedBy(procedure: Procedure): readonly string[] {
  let known = locked.get(procedure);
  if (!known) {
    known = readLocked(procedure);
    locked.set(procedure, known);
  }
  return known;
}

function readLocked({ ir }: Procedure): readonly string[] {
  const records = new Map<number, string>();
  const found = new Set<string>();
  for (const each of ir.code) {
    if (each.op === Op.FieldAddress) records.set(each.dst, each.type);
    if (each.op === Op.Move || each.op === Op.Convert) {
      const record = records.get(each.a);
      if (record !== undefined) records.set(each.dst, record);
    }
    const name = each.op === Op.ScopeEnter ? GUARDS.get(each.text)?.enter : each.text;
    if ((each.op !== Op.Call && each.op !== Op.ScopeEnter) || name === undefined) continue;
    if (PRIMITIVES.get(name)?.effect.do !== 'lock') continue;
    for (const arg of each.args) if (records.has(arg)) found.add(records.get(arg)!);
  }
  return [...found];
}
