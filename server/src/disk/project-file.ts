/** The file in which a project speaks of its own code, in the first folder that has one. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** More than anybody writes by hand. */
const LARGEST = 1024 * 1024;

/** Its path; null when none of the folders has one. */
export function projectFileIn(folders: readonly string[], name: string): string | null {
  const paths = folders.map((folder) => join(folder, name));
  return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile()) ?? null;
}

/** Null when it is gone, too large, or nobody may read it. */
export function readProjectFile(path: string): string | null {
  try {
    return statSync(path).size > LARGEST ? null : readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return null;
  }
}
