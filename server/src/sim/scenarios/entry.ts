/**
 * What the callers of a function bring: asked of the file around it when runs
 * of the function alone have shown something that hangs on it. Callers are run
 * for it, and only then.
 */

import { Op } from '../../ir/index.js';
import {
  type Code,
  type Counterexample,
  DIRECT_RECLAIM,
  explore,
  isPrimitive,
  type Machine,
  mayLock,
  type Neighbour,
  type Procedure,
  typesLocked,
} from '../engine/index.js';
import { FunctionValue, resolve, Unknown, type Value } from '../model/index.js';
import { aloneSubject } from './alone.js';

/** How far up callers are asked. */
const DEPTH = 3;

/** Enough to see every call of a caller that lies on no rare path. */
const CALLER_BUDGET = { runs: 10, freshRuns: 40, steps: 30_000, cost: 3, isCancelled: () => false };

/** Table members whose functions run before anybody else has the device, or after. */
const ALONE_SLOTS = /^(?:probe|probe_new|bind|remove|remove_new|shutdown|unbind)$/;

/** Whether what a run found is right after all, for what the callers bring. */
export function isExcused({ hangsOn }: Counterexample, code: Code, procedure: Procedure): boolean {
  if (!hangsOn) return false;
  const callers = new Callers(code, code.neighbours(procedure.path));
  if (hangsOn.kind === 'mask') return callers.passOnlyAtomic(procedure.name, hangsOn.parameter, DEPTH);
  return !callers.wantLock(hangsOn.types) || callers.allLock(procedure.name, DEPTH);
}

/** Whether somebody at hand, or who may well be, calls a function with a lock held. */
export function mayBringLock(code: Code, { path, name }: Procedure): boolean {
  return new Callers(code, code.neighbours(path)).mayLock(name, DEPTH);
}

class Callers {
  constructor(
    private readonly code: Code,
    private readonly around: readonly Neighbour[],
  ) {}

  /** Whether some function of the file takes a lock of such a type. */
  wantLock(types: readonly string[] | null): boolean {
    return (
      types === null ||
      this.around.some((each) => typesLocked(each.procedure()).some((type) => types.includes(type)))
    );
  }

  /** Whether every way into a function holds a lock or has nobody else around. */
  allLock(name: string, depth: number): boolean {
    const self = this.around.find((each) => each.name === name);
    if (!self) return false;
    if (self.isInit || self.slots.some((slot) => ALONE_SLOTS.test(slot))) return true;
    // Callers in other files are not seen: what they hold is theirs to know.
    if (!self.isStatic && self.slots.length === 0) return true;
    if (self.slots.length > 0 || depth === 0) return false;
    // Nor are those of a patch without its tree.
    return this.of(name).every((each) => this.locks(each, name) || this.allLock(each.name, depth - 1));
  }

  /** Whether on some way into a function a lock may be held: of a table's function and of one that others know, only what is seen counts. */
  mayLock(name: string, depth: number): boolean {
    const self = this.around.find((each) => each.name === name);
    if (!self || depth === 0 || self.isToldOfLocks()) return true;
    const callers = this.around.filter((each) => each.name !== name && names(each.procedure(), name));
    // Nobody at hand calls it: a patch without its tree.
    if (callers.length === 0 && self.isStatic && self.slots.length === 0) return true;
    return callers.some((each) => this.holds(each, name) || this.mayLock(each.name, depth - 1));
  }

  /** Whether a caller holds a lock at some call, or calls what may take one and is not run. */
  private holds(caller: Neighbour, name: string): boolean {
    const procedure = caller.procedure();
    if (!mayLock(procedure)) return false;
    if (procedure.calls.some((each) => each.includes('lock') && !isPrimitive(each))) return true;
    let isHeld = false;
    this.run(caller, ({ ledger }) => {
      const isIt = (each: Value): boolean => {
        const known = resolve(each);
        return known instanceof FunctionValue && known.name === name;
      };
      const calls = ledger.calls.filter((each) => each.name === name || each.args.some(isIt));
      if (ledger.assertsLock || calls.some(({ hasLock }) => hasLock)) isHeld = true;
    });
    return isHeld;
  }

  /** Whether a caller holds a lock at each call that its runs show; of one that never locks no run is needed. */
  private locks(caller: Neighbour, name: string): boolean {
    if (!mayLock(caller.procedure())) return false;
    let isLocked = true;
    this.run(caller, ({ ledger }) => {
      const calls = ledger.calls.filter((each) => each.name === name);
      if (!ledger.assertsLock && calls.some(({ hasLock }) => !hasLock)) isLocked = false;
    });
    return isLocked;
  }

  /** Whether each caller, as far as they are seen, passes a mask that lets nothing sleep. */
  passOnlyAtomic(name: string, parameter: number, depth: number): boolean {
    const callers = this.of(name);
    if (callers.length === 0 || depth === 0) return false;
    return callers.every((caller) => {
      const masks = this.argumentsOf(caller, name, parameter);
      return masks.every(({ mask, at }) => {
        if (typeof mask === 'bigint') return (mask & DIRECT_RECLAIM) === 0n;
        return at >= 0 && this.passOnlyAtomic(caller.name, at, depth - 1);
      });
    });
  }

  /** What a caller passes, and which of its own parameters that is, or -1. */
  private argumentsOf(
    caller: Neighbour,
    name: string,
    parameter: number,
  ): { readonly mask: Value; readonly at: number }[] {
    const found: { mask: Value; at: number }[] = [];
    this.run(caller, ({ ledger }) => {
      for (const call of ledger.calls) {
        if (call.name !== name) continue;
        const mask = resolve(call.args[parameter] ?? 0n);
        const at = mask instanceof Unknown ? ledger.inputs.indexOf(mask) : -1;
        found.push({ mask, at });
      }
    });
    return found;
  }

  private of(name: string): Neighbour[] {
    return this.around.filter((each) => each.name !== name && each.procedure().calls.includes(name));
  }

  private run(caller: Neighbour, observe: (machine: Machine) => void): void {
    const subject = aloneSubject(this.code, caller.procedure());
    explore(subject, CALLER_BUDGET, { order: 'novelty', isReduced: false }, { observe });
  }
}

/** Whether a function calls another, or hands it on. */
function names({ calls, ir }: Procedure, name: string): boolean {
  return calls.includes(name) || ir.code.some(({ op, text }) => op === Op.FunctionAddress && text === name);
}
