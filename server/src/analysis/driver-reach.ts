/** Which functions of its files an operation comes by, told from names in bodies: the operation itself, what it calls, and so on. */
import type { FunctionItem } from '../syntax/index.js';
import type { SourceTree } from '../tree/index.js';
import { definitionIn } from './definition-in.js';
import { bodyOf, type InFile } from './driver-parts.js';

/** More than any driver has between an attach and its registers. */
const DEEPEST = 10;

/** By `path function`. Callees in other files are left out. */
export function reachedFrom(tree: SourceTree, path: string, name: string): ReadonlyMap<string, InFile> {
  const found = new Map<string, InFile>();
  let now = definedIn(tree, path, name);
  for (let depth = 0; depth <= DEEPEST && now.length > 0; depth++) {
    for (const each of now) found.set(keyOf(each.path, each.item.name), each);
    const next = now.flatMap((each) => calledBy(tree, each));
    now = next.filter((each) => !found.has(keyOf(each.path, each.item.name)));
  }
  return found;
}

export const keyOf = (path: string, name: string): string => `${path} ${name}`;

function definedIn(tree: SourceTree, path: string, name: string): InFile[] {
  const file = tree.file(path);
  const item = file && definitionIn(file, name);
  return item ? [{ item, file, path }] : [];
}

function calledBy(tree: SourceTree, from: InFile): InFile[] {
  const names = new Set([...bodyOf(from).matchAll(/\b([a-z_]\w*)\s*\(/g)].map(([, name]) => name!));
  // Functions that are handed on are called as well, sooner or later.
  const own = new Set(functionsOf(from).map((item) => item.name));
  for (const [word] of bodyOf(from).matchAll(/\b[a-z_]\w*\b/g)) if (own.has(word)) names.add(word);
  return [...names].flatMap((name) => definedIn(tree, from.path, name));
}

function functionsOf({ file }: InFile): FunctionItem[] {
  return file.items.filter((item): item is FunctionItem => item.kind === 'function');
}
