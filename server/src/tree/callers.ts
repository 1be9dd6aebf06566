/** Who calls a function, over whole directories: the text tells which files and functions to look at. */
import type { Span } from '../base/index.js';
import { type CFile, calledName, type FunctionItem, type MacroItem, walk } from '../syntax/index.js';
import { cFilesBelow, type Searchable, wordAt } from './search.js';

/** One call, in a function's body or in a macro that stands for it. */
export interface CallSite {
  readonly path: string;
  readonly file: CFile;
  readonly caller: FunctionItem | MacroItem;
  readonly call: Span;
}

export interface CallScope {
  /** Searched with all that is below them. */
  readonly directories: readonly string[];
  /** Where the function is defined: another file that has a static one of the name calls its own. */
  readonly definedIn: string;
}

/** Calls of the function by its name, in the order of paths and lines; null when the tree cannot be searched. */
export function callersOf(tree: Searchable, name: string, scope: CallScope): CallSite[] | null {
  const sites: CallSite[] = [];
  const paths = new Set<string>();
  for (const directory of scope.directories) {
    const below = cFilesBelow(tree, directory);
    if (!below) return null;
    for (const path of below) paths.add(path);
  }
  for (const path of paths) {
    const text = tree.read(path);
    if (text === null || !mayCall(text, name)) continue;
    const file = tree.file(path);
    if (file && (path === scope.definedIn || !hasOwn(file, name))) sites.push(...callsIn(file, path, name));
  }
  return sites;
}

function callsIn(file: CFile, path: string, name: string): CallSite[] {
  return file.items.flatMap((item): CallSite[] => {
    if (item.kind === 'macro')
      return inMacro(file, item, name).map((call) => ({ path, file, caller: item, call }));
    if (item.kind !== 'function' || item.bodySpan === null) return [];
    const { start, end } = item.bodySpan;
    const first = wordAt(file.text, name, start);
    if (first < 0 || first >= end) return [];
    const body = file.bodyOf(item);
    const calls: Span[] = [];
    if (body)
      walk(body, (node) => {
        if (calledName(node) === name) calls.push({ start: node.start, end: node.end });
      });
    return calls.sort((a, b) => a.start - b.start).map((call) => ({ path, file, caller: item, call }));
  });
}

function inMacro(file: CFile, { bodySpan }: MacroItem, name: string): Span[] {
  const calls: Span[] = [];
  let at = wordAt(file.text, name, bodySpan.start);
  for (; at >= 0 && at < bodySpan.end; at = wordAt(file.text, name, at + 1))
    if (isFollowedByCall(file.text, at + name.length)) calls.push({ start: at, end: at + name.length });
  return calls;
}

function mayCall(text: string, name: string): boolean {
  for (let at = wordAt(text, name); at >= 0; at = wordAt(text, name, at + 1))
    if (isFollowedByCall(text, at + name.length)) return true;
  return false;
}

const CALL = /(?:\s|\\\n|\/\*[\s\S]*?\*\/)*\(/y;

function isFollowedByCall(text: string, at: number): boolean {
  CALL.lastIndex = at;
  return CALL.test(text);
}

function hasOwn(file: CFile, name: string): boolean {
  return file.items.some((item) => item.kind === 'function' && item.name === name && item.isStatic);
}
