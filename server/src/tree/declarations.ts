/** Which item of which file declares a name: headlines tell which files to parse, the outline has the answer. */
import type {
  CFile,
  EnumItem,
  FunctionItem,
  Item,
  MacroItem,
  StructItem,
  TypedefItem,
  VariableItem,
} from '../syntax/index.js';
import { MAY_BE } from './headlines.js';

/** What a name may be in C, and the item that says so. */
export interface DeclaringItem {
  readonly struct: StructItem;
  readonly union: StructItem;
  readonly enum: EnumItem;
  /** One of the constants of an enum, under the enum's item. */
  readonly enumerator: EnumItem;
  readonly typedef: TypedefItem;
  /** A definition or a prototype. */
  readonly function: FunctionItem;
  readonly variable: VariableItem;
  readonly macro: MacroItem;
}

export type DeclarationKind = keyof DeclaringItem;

export interface Declaration<Kind extends DeclarationKind = DeclarationKind> {
  readonly path: string;
  readonly item: DeclaringItem[Kind];
  readonly file: CFile;
}

/** What finding a declaration asks of a tree. */
export interface Declaring {
  closure(from: string): Iterable<string>;
  /** Of the closure, in its order, the files that may declare the name and perhaps some that do not. */
  mayDeclare(name: string, from: string): Iterable<string>;
  headline(path: string, name: string): number;
  placesOf(path: string, name: string): readonly number[];
  file(path: string): CFile | null;
}

const BITS: Readonly<Record<DeclarationKind, number>> = {
  struct: MAY_BE.tag,
  union: MAY_BE.tag,
  enum: MAY_BE.tag,
  enumerator: MAY_BE.enumerator,
  typedef: MAY_BE.typedef,
  function: MAY_BE.function,
  variable: MAY_BE.variable,
  macro: MAY_BE.macro,
};

/** Whether the file may declare the name: false is certain, and costs no parse. */
export function mayDeclare(tree: Declaring, kind: DeclarationKind, name: string, path: string): boolean {
  return (tree.headline(path, name) & BITS[kind]) !== 0;
}

/** All declarations of the name in one file, in its order: every `#if` arm may have one. */
export function declarationsIn<Kind extends DeclarationKind>(
  tree: Declaring,
  kind: Kind,
  name: string,
  path: string,
): Declaration<Kind>[] {
  if (name === '' || !mayDeclare(tree, kind, name, path)) return [];
  const file = tree.file(path);
  if (!file) return [];
  return file
    .itemsAt(tree.placesOf(path, name))
    .filter((item) => declares(item, kind, name))
    .map((item) => declaration<Kind>(path, item, file));
}

/** The first file of `from`'s includes that declares the name, and the declaration in it that tells most. */
export function findDeclaration<Kind extends DeclarationKind>(
  tree: Declaring,
  kind: Kind,
  name: string,
  from: string,
): Declaration<Kind> | null {
  for (const path of tree.mayDeclare(name, from)) {
    const found = declarationsIn(tree, kind, name, path);
    if (found.length === 0) continue;
    return found.find(isFilled) ?? found.find(({ item }) => tellsMost(item, path)) ?? found[0]!;
  }
  return null;
}

function declares(item: Item, kind: DeclarationKind, name: string): boolean {
  if (kind !== 'enumerator') return item.kind === kind && item.name === name;
  return item.kind === 'enum' && item.members.some((member) => member.name === name);
}

/** `declares` has compared the kinds. */
function declaration<Kind extends DeclarationKind>(path: string, item: Item, file: CFile): Declaration<Kind> {
  return { path, item: item as DeclaringItem[Kind], file };
}

/** A table that is declared before the functions that it names is filled behind them. */
function isFilled({ item }: Declaration): boolean {
  return item.kind === 'variable' && item.initial !== null;
}

/**
 * In C the definition of a function; in a header the prototype, for what stands
 * beside it is the empty stub for kernels configured without it.
 */
function tellsMost(item: DeclaringItem[DeclarationKind], path: string): boolean {
  if (item.kind === 'function') return (item.bodySpan === null) === path.endsWith('.h');
  return item.kind !== 'variable' || !item.isExtern;
}
