/**
 * Variables of a function of which a hunk shows no start: what is declared where nobody sees it, told by how it is
 * used. A name that leads to members is a pointer; `ret` and its like hold numbers of errors.
 */
import { type AnyNode, type CFile, type CType, type FunctionItem, partsOf } from '../syntax/index.js';
import type { Declarations } from './declarations.js';

export interface UnseenLocal {
  readonly name: string;
  readonly type: CType;
  readonly start: number;
  readonly end: number;
}

const RESULT = /^(?:ret|err|rc|retval|status)$/;

/** A local that is assigned has a short name; a variable of the file has that of its driver before it. */
const SHORT = /^[a-z]{1,9}\d?$/;

const type = (base: string, pointers: number): CType => ({
  base,
  pointers,
  isArray: false,
  parameters: null,
  isFunctionPointer: false,
  isConst: false,
  derivations: Array.from({ length: pointers }, () => ({ kind: 'pointer' as const })),
  definition: null,
});

/** Those that nothing at hand declares; `isDeclared` tells of those that an earlier part does. */
export function unseenLocals(
  file: CFile,
  item: FunctionItem,
  declarations: Declarations,
  isDeclared: (name: string) => boolean,
): readonly UnseenLocal[] {
  const body = file.bodyOf(item);
  if (!body) return [];
  const own = new Set<string>();
  const assigned = new Set<string>();
  const pointers = new Map<string, { readonly start: number; readonly end: number }>();
  const numbers = new Map<string, { readonly start: number; readonly end: number }>();
  const visit = (node: AnyNode): void => {
    if (node.kind === 'declaration') for (const { name } of node.declarators) own.add(name);
    if (node.kind === 'assign' && node.target.kind === 'name') assigned.add(node.target.name);
    if (node.kind === 'member' && node.isArrow && node.object.kind === 'name')
      if (!pointers.has(node.object.name)) pointers.set(node.object.name, node.object);
    if (node.kind === 'name' && RESULT.test(node.name) && !numbers.has(node.name))
      numbers.set(node.name, node);
    for (const part of partsOf(node)) visit(part);
  };
  visit(body);
  const isUnseen = (name: string): boolean =>
    /^[a-z]/.test(name) &&
    !own.has(name) &&
    !isDeclared(name) &&
    (!assigned.has(name) || SHORT.test(name)) &&
    !declarations.variable(name, file) &&
    !declarations.macro(name, file) &&
    !declarations.function(name, file);
  return [
    ...[...pointers].map(([name, { start, end }]) => ({ name, start, end, type: type('struct object', 1) })),
    ...[...numbers].map(([name, { start, end }]) => ({ name, start, end, type: type('int', 0) })),
  ].filter(({ name }) => isUnseen(name));
}
