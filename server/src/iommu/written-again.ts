/**
 * Functions that the kernel has already and a patch writes again: the same
 * types, and a body that says the same with other names for its own variables.
 * Looked for in the file itself, in what it includes directly, in its folder
 * and in the core of the subsystem.
 */
import type { CFile, FunctionItem } from '../syntax/index.js';
import { CORE, cFilesIn, directoryOf, type SourceTree } from '../tree/index.js';
import { callShapeOf, isSameCallShape } from './call-shapes.js';
import { readingOf } from './reading.js';

export interface KnownHelper {
  readonly path: string;
  readonly file: CFile;
  readonly item: FunctionItem;
}

/** A body of fewer tokens says nothing that two people would not write alike by chance. */
const FEWEST_TOKENS = 12;
const TOKEN = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*|\d[\w.]*|->|[^\s\w]/g;

/** The first one found, nearest first; null when there is none. `isTheSame`: what is the function itself, moved perhaps. */
export function helperLike(
  { file, item }: { readonly file: CFile; readonly item: FunctionItem },
  from: string,
  tree: SourceTree,
  isTheSame: (candidate: KnownHelper) => boolean,
): KnownHelper | null {
  const shape = shapeOf(file, item);
  if (!shape) return null;
  const head = callShapeOf(item);
  for (const path of nearby(tree, from)) {
    const text = tree.read(path);
    if (text === null || !shape.words.every((word) => text.includes(word))) continue;
    const known = tree.file(path)!;
    for (const candidate of known.items) {
      if (candidate.kind !== 'function' || candidate.bodySpan === null) continue;
      if (!isSameCallShape(head, callShapeOf(candidate))) continue;
      const helper = { path, file: known, item: candidate };
      if (shapeOf(known, candidate)?.tokens === shape.tokens && !isTheSame(helper)) return helper;
    }
  }
  return null;
}

function nearby(tree: SourceTree, from: string): Iterable<string> {
  const folders = [directoryOf(from), CORE];
  const beside = folders.flatMap((folder) => [
    ...(cFilesIn(tree, folder) ?? []),
    ...(tree.list(folder) ?? []).filter((name) => name.endsWith('.h')).map((name) => `${folder}/${name}`),
  ]);
  return new Set([from, ...tree.includesOf(from), ...beside]);
}

interface Shape {
  /** The body with its own variables numbered. */
  readonly tokens: string;
  /** Names of others in it. */
  readonly words: readonly string[];
}

function shapeOf(file: CFile, item: FunctionItem): Shape | null {
  const original = file.originalOf(item);
  if (item.bodySpan === null || !original) return null;
  const text = file.text
    .slice(item.bodySpan.start, item.bodySpan.end)
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' ');
  const tokens = text.match(TOKEN) ?? [];
  if (tokens.length < FEWEST_TOKENS) return null;
  const { locals } = readingOf(original);
  const numbers = new Map<string, string>();
  const words = new Set<string>();
  const shown = tokens.map((token, at) => {
    if (!/^[A-Za-z_]/.test(token)) return token;
    const isMember = tokens[at - 1] === '->' || tokens[at - 1] === '.';
    if (isMember || !locals.has(token)) {
      if (isMember || tokens[at + 1] === '(') words.add(token);
      return token;
    }
    const number = numbers.get(token) ?? `$${numbers.size}`;
    numbers.set(token, number);
    return number;
  });
  for (const keyword of ['if', 'while', 'for', 'switch', 'return', 'sizeof']) words.delete(keyword);
  // Without a call or a member it is arithmetic, and written alike everywhere.
  return words.size === 0 ? null : { tokens: shown.join(' '), words: [...words] };
}
