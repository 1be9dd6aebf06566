/** Chooses mutants by a seed, runs the function before and after, and says what was seen. */
import { type Breach, runAlone, type Verdict } from '../../../server/src/sim/scenarios/index.js';
import type { Mutation, Operator } from './operators.js';
import type { Source, Subject } from './source.js';

export interface Mutant {
  readonly mutation: Mutation;
  /** What is found after the mutation, where nothing was before. */
  readonly breaches: readonly Breach[];
  readonly verdict: Verdict;
}

export type Fate = 'certain' | 'possible' | 'survived';

export function fateOf({ breaches }: Mutant): Fate {
  if (breaches.some(({ confidence }) => confidence === 'certain')) return 'certain';
  return breaches.length > 0 ? 'possible' : 'survived';
}

/** Numbers from 0 to below 1 that are the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number for a name, so that no operator's mutants depend on what others find. */
function numberOf(name: string): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash, 31) + name.charCodeAt(index);
  return hash;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}

/** Runs at most `most` mutants of each operator, on functions of which nothing is found as they are. */
export function mutantsOf(
  sources: readonly Source[],
  operators: readonly Operator[],
  { seed, most }: { readonly seed: number; readonly most: number },
): Mutant[] {
  const subjects = sources.flatMap((source) => source.subjects);
  const clean = new Map<Subject, boolean>();
  const mutants: Mutant[] = [];
  for (const { id, find } of operators) {
    const all = subjects.flatMap((subject) =>
      find(subject).map((found) => ({ operator: id, subject, ...found })),
    );
    let left = most;
    for (const mutation of shuffled(all, randomOf(seed ^ numberOf(id)))) {
      if (left === 0) break;
      if (!isClean(mutation.subject, clean)) continue;
      const mutant = mutantOf(mutation);
      if (!mutant) continue;
      mutants.push(mutant);
      left--;
    }
  }
  return mutants;
}

/** Whether nothing at all is found in a function as it is. */
function isClean(subject: Subject, known: Map<Subject, boolean>): boolean {
  let is = known.get(subject);
  if (is === undefined) {
    const { source, item } = subject;
    const { breaches, verdict } = runAlone(source.code, source.original(item));
    is = breaches.length === 0 && verdict.kind === 'held';
    known.set(subject, is);
  }
  return is;
}

/** Null for a mutation after which the function cannot be read. */
function mutantOf(mutation: Mutation): Mutant | null {
  const { subject, edits } = mutation;
  const procedure = subject.source.mutated(subject.item, edits);
  if (!procedure) return null;
  const { breaches, verdict } = runAlone(subject.source.code, procedure);
  return { mutation, breaches, verdict };
}

/** `drivers/iommu/iova.c:120 alloc_iova: …` */
export function nameOf({ mutation }: Mutant): string {
  const { subject, words, operator, at } = mutation;
  const line = subject.source.text.slice(0, at.start).split('\n').length;
  return `${subject.source.path}:${line} ${subject.item.name}() [${operator}] ${words}`;
}
