/**
 * Whether what a function leaves turned on when it fails is turned off by who
 * calls it: then its contract is to leave that to the caller, or the caller is
 * wrong; a run of the function alone does not tell which.
 */
import type { Located, Program } from '../iommu/index.js';
import { undoersOf } from '../sim/engine/index.js';
import type { FunctionItem } from '../syntax/index.js';

/** The caller at hand that turns off what `opener` turns on, by itself or in a function that it calls; null where none does. */
export function callerThatUndoes(program: Program, fn: Located<FunctionItem>, opener: string): string | null {
  const undoers = undoersOf(opener);
  const undoes = ({ words }: { readonly words: { readonly called: ReadonlySet<string> } }): boolean =>
    [...undoers].some((name) => words.called.has(name));
  const caller = program.callersOf(fn).find(
    (each) =>
      undoes(each) ||
      [...each.words.called].some((name) => {
        const callee = name === fn.item.name ? null : program.definitionOf(name, each.unit);
        return callee !== null && undoes(callee);
      }),
  );
  return caller?.item.name ?? null;
}
