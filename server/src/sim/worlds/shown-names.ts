/** What the world calls its devices, processes and IOMMUs in what is said of a run: D1, M1, I1, as scenarios tell them. */
import type { StagedScenario } from './play-scenario.js';
import { DEVICES } from './scenario.js';

/** The variables of the world, which C has in lower case. */
const VARIABLES = new Set(
  [...Object.keys(DEVICES), 'M1', 'M2', 'M3', 'M4', 'I1', 'I2', 'I3', 'X1'].map(lower),
);

/** Puts the names of a scenario in place of its variables; a name that the code under review has as well stays as it is. */
export function shownNames({ implementation }: StagedScenario): (words: string) => string {
  return (words) =>
    words.replace(/\b[dimx]\d+\b/g, (name) =>
      VARIABLES.has(name) && !implementation.files.some(({ file }) => hasWord(file.text, name))
        ? name.toUpperCase()
        : name,
    );
}

function hasWord(text: string, name: string): boolean {
  return text.includes(name) && new RegExp(`\\b${name}\\b`).test(text);
}

function lower(name: string): string {
  return name.toLowerCase();
}
