/**
 * Locks that a function gives back and never took, where nobody brings them:
 * what its runs show is held against its own instructions, what its callees
 * may have taken for it, and the ways into it.
 */
import { isCutOff, Op } from '../../ir/index.js';
import {
  type Code,
  givenBackAt,
  isPrimitive,
  lockUseOf,
  type Neighbour,
  type Procedure,
  SOME_LOCK,
} from '../engine/index.js';
import { cheapest, type Imbalance, LOCKS_BY_NAME } from './balance.js';
import { mayBringLock } from './entry.js';
import type { LockChange, PathEnd } from './path-ends.js';

/** How far down callees are read for the locks that they leave taken. */
const DEPTH = 3;

/** UNHELD: each place where a lock is given back that neither the function nor anybody before it has taken. */
export function unheldReleases(code: Code, procedure: Procedure, ends: readonly PathEnd[]): Imbalance[] {
  if (LOCKS_BY_NAME.test(procedure.name) || isHalf(procedure)) return [];
  const found = new Map<string, Imbalance>();
  for (const end of ends) {
    for (const change of end.locks) {
      const lock = change.change === 'released' ? givenBackAt(procedure, change.at) : null;
      if (lock === null || lock === SOME_LOCK || found.has(lock)) continue;
      if (isTakenFor(code, procedure, lock) || isPaired(code, procedure, lock)) continue;
      const same = ends.filter(({ locks }) => locks.some((each) => each.name === change.name));
      found.set(lock, releaseOf(cheapest(same), change, isKnownToAll(code, procedure)));
    }
  }
  return found.size > 0 && !mayBringLock(code, procedure) ? [...found.values()] : [];
}

function releaseOf({ tape, choices, cuts }: PathEnd, { words, at }: LockChange, isKnown: boolean): Imbalance {
  return {
    ...{ tape, choices, cuts },
    monitor: 'UNHELD',
    site: at,
    words: `gives back ${words}, which it never took, and nobody who comes here is seen to hold it`,
    related: [],
    ...(isKnown ? { assumes: ['no caller in another file holds it'] } : {}),
  };
}

/** Whether parts of it are not seen, or it says that its caller holds a lock. */
function isHalf(procedure: Procedure): boolean {
  const { ir } = procedure;
  return isCutOff(ir) || lockUseOf(procedure).asserts || ir.code.some(({ op }) => op === Op.Opaque);
}

/** Whether other files may call it by name. */
function isKnownToAll(code: Code, { path, name }: Procedure): boolean {
  const self = code.neighbours(path).find((each) => each.name === name);
  return self !== undefined && !self.isStatic && self.slots.length === 0;
}

/** Whether the function, or something that it calls, may have taken the lock. */
function isTakenFor(code: Code, procedure: Procedure, lock: string): boolean {
  return mayTake(lockUseOf(procedure).takes, lock) || callsTaker(code, procedure, lock, DEPTH);
}

function callsTaker(code: Code, { ir, path }: Procedure, lock: string, depth: number): boolean {
  return ir.code.some(({ op, text, slot }) => {
    if (op === Op.CallIndirect) return !slot || TAKES_BY_NAME.test(slot.member);
    if (op !== Op.Call || isPrimitive(text)) return false;
    const callee = code.procedure(text, path) ?? code.elsewhere(text, path);
    if (!callee || depth === 0) return TAKES_BY_NAME.test(text);
    return keeps(callee, lock) || callsTaker(code, callee, lock, depth - 1);
  });
}

/** Whether a function takes a lock and has no call that gives it back. */
function keeps(procedure: Procedure, lock: string): boolean {
  const { takes, gives } = lockUseOf(procedure);
  return mayTake(takes, lock) && !gives.some((each) => each.lock === lock);
}

function mayTake(takes: ReadonlySet<string>, lock: string): boolean {
  return takes.has(lock) || takes.has(SOME_LOCK);
}

/** Names of functions that are not at hand and may come back with a lock. */
const TAKES_BY_NAME =
  /(?:^|_)(?:\w*lock\w*|begin|start|enter|acquire|down|grab|claim|freeze|hold|exclusive)(?:_|$)/;

/** Whether another function of the file takes the lock and leaves it to somebody: the two are one pair. */
function isPaired(code: Code, { path, name }: Procedure, lock: string): boolean {
  const isIt = (each: Neighbour): boolean => each.name !== name && keeps(each.procedure(), lock);
  return code.neighbours(path).some(isIt);
}
