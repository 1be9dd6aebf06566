/** Files of a tree found by a word of their text, so that only these are parsed. */
import type { CFile, FunctionItem } from '../syntax/index.js';

/** More than any directory of the kernel that is searched has files below it. */
const MOST_FILES = 20_000;
const DEEPEST = 24;

/** What a search asks of a tree. */
export interface Searchable {
  readonly canList: boolean;
  list(path: string): readonly string[] | null;
  read(path: string): string | null;
  file(path: string): CFile | null;
}

/** Where shared code of the subsystem lies. */
export const CORE = 'drivers/iommu';

/** C files and headers below the directory, in order; null when the tree cannot be searched. */
export function cFilesBelow(tree: Searchable, directory: string): string[] | null {
  if (!tree.canList) return null;
  const found: string[] = [];
  const visit = (folder: string, depth: number): void => {
    for (const name of tree.list(folder) ?? []) {
      if (found.length >= MOST_FILES) return;
      if (/\.[ch]$/.test(name)) found.push(`${folder}/${name}`);
      else if (name.endsWith('/') && depth < DEEPEST) visit(`${folder}/${name.slice(0, -1)}`, depth + 1);
    }
  };
  visit(directory, 0);
  return found.sort();
}

/** C files in the directory itself; null when the tree cannot be searched. */
export function cFilesIn(tree: Searchable, directory: string): string[] | null {
  if (!tree.canList) return null;
  return (tree.list(directory) ?? [])
    .filter((name) => name.endsWith('.c'))
    .map((name) => `${directory}/${name}`);
}

/** Offset of `word` in `text` at or after `from`, as a word of its own; -1 when there is none. */
export function wordAt(text: string, word: string, from = 0): number {
  if (word === '') return -1;
  for (let at = text.indexOf(word, from); at >= 0; at = text.indexOf(word, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + word.length])) return at;
  return -1;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

/** A function with its body, and the file that has it. */
export interface Definition {
  readonly path: string;
  readonly file: CFile;
  readonly item: FunctionItem;
}

/** All functions that the files define, static inlines of headers included. */
export function definitionsIn(tree: Searchable, paths: Iterable<string>): Definition[] {
  const found: Definition[] = [];
  for (const path of paths) {
    const file = tree.file(path);
    for (const item of file?.items ?? [])
      if (item.kind === 'function' && item.bodySpan !== null) found.push({ path, file: file!, item });
  }
  return found;
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
