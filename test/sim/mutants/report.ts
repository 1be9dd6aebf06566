/** The figures of a run over mutants, as lines: by operator, by cause, and survivors to look at. */
import { type Cause, causeOf } from './causes.js';
import type { Operator } from './operators.js';
import { fateOf, type Mutant, nameOf } from './run.js';

export interface Share {
  readonly all: number;
  readonly certain: number;
  /** Certain or possible. */
  readonly any: number;
}

export function shareOf(mutants: readonly Mutant[]): Share {
  const fates = mutants.map(fateOf);
  return {
    all: fates.length,
    certain: fates.filter((fate) => fate === 'certain').length,
    any: fates.filter((fate) => fate !== 'survived').length,
  };
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

function line(name: string, { all, certain, any }: Share): string {
  const figures = `${percent(certain, all).toFixed(0)}% certain, ${percent(any, all).toFixed(0)}% with possible`;
  return `${name.padEnd(22)} ${String(all).padStart(4)}  ${figures}`;
}

export function killLines(mutants: readonly Mutant[], operators: readonly Operator[]): string[] {
  const rows = operators.map(({ id, monitors }) => {
    const own = mutants.filter(({ mutation }) => mutation.operator === id);
    return `${line(id, shareOf(own))} (${monitors.join(', ')})`;
  });
  return [...rows, line('all', shareOf(mutants))];
}

/** How many survived for which cause, and `shown` of them, in turns from each cause. */
export function survivorLines(mutants: readonly Mutant[], shown: number): string[] {
  const byCause = new Map<Cause, string[]>();
  for (const mutant of mutants) {
    if (fateOf(mutant) === 'certain') continue;
    const { cause, detail } = causeOf(mutant);
    byCause.set(cause, [...(byCause.get(cause) ?? []), `${cause}: ${nameOf(mutant)} (${detail})`]);
  }
  const causes = [...byCause].sort(([, a], [, b]) => b.length - a.length);
  const counts = causes.map(([cause, list]) => `${String(list.length).padStart(4)}  ${cause}`);
  const listed: string[] = [];
  for (let turn = 0; listed.length < shown && causes.some(([, list]) => turn < list.length); turn++)
    for (const [, list] of causes) if (turn < list.length && listed.length < shown) listed.push(list[turn]!);
  return [...counts, ...listed];
}
