/** What the world calls its devices, processes and IOMMUs in what is said of a run: D1, M1, I1, as scenarios tell them. */
import type { Implementation, StagedScenario } from './play-scenario.js';
import { DEVICES } from './scenario.js';

/** The variables of the world, which C has in lower case. */
const VARIABLES = new Set(
  [...Object.keys(DEVICES), 'M1', 'M2', 'M3', 'M4', 'I1', 'I2', 'I3', 'X1'].map(lower),
);

/** Puts the names of a scenario in place of its variables; a name that the code under review has as well stays as it is. */
export function shownNames({ implementation }: StagedScenario): (words: string) => string {
  const taken = namesTaken(implementation);
  return (words) =>
    words.replace(/\b[dimx]\d+\b/g, (name) =>
      VARIABLES.has(name) && !taken.has(name) ? name.toUpperCase() : name,
    );
}

const known = new WeakMap<Implementation, ReadonlySet<string>>();

/** The variables of the world whose names the code under review has as well. */
export function namesTaken(implementation: Implementation): ReadonlySet<string> {
  let taken = known.get(implementation);
  if (!taken) {
    const { files } = implementation;
    taken = new Set([...VARIABLES].filter((name) => files.some(({ file }) => hasWord(file.text, name))));
    known.set(implementation, taken);
  }
  return taken;
}

function hasWord(text: string, name: string): boolean {
  return text.includes(name) && new RegExp(`\\b${name}\\b`).test(text);
}

function lower(name: string): string {
  return name.toLowerCase();
}
