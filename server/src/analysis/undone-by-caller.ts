/**
 * Whether what a function leaves turned on when it fails is turned off by who
 * calls it: then its contract is to leave that to the caller, or the caller is
 * wrong; a run of the function alone does not tell which, unless a caller is seen to leave it on.
 */
import { callsWhenFailed, type KnownFunction, type Located, type Program } from '../iommu/index.js';
import { undoersOf } from '../sim/engine/index.js';
import type { FunctionItem } from '../syntax/index.js';

/** The caller at hand that turns off what `opener` turns on, by itself or in a function that it calls; null where none does. */
export function callerThatUndoes(program: Program, fn: Located<FunctionItem>, opener: string): string | null {
  const undoers = undoersOf(opener);
  const hasUndoer = (called: ReadonlySet<string>): boolean => [...undoers].some((name) => called.has(name));
  const undoes = (called: ReadonlySet<string>, from: KnownFunction): boolean =>
    hasUndoer(called) ||
    [...called].some((name) => {
      const callee = name === fn.item.name ? null : program.definitionOf(name, from.unit);
      return callee !== null && hasUndoer(callee.words.called);
    });
  const callers = program.callersOf(fn);
  // Where one of them goes when the call fails, and calls nothing that turns it off, it stays on whatever others do.
  const isLeft = callers.some((each) => {
    const called = callsWhenFailed(program, each, fn.item.name);
    return called !== null && !undoes(called, each);
  });
  return isLeft ? null : (callers.find((each) => undoes(each.words.called, each))?.item.name ?? null);
}
