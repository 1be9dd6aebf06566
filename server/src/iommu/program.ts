/**
 * All the code that a review knows of, indexed by name: the files under
 * review, the rest of the series, and what was read from the tree. A struct
 * that is seen in pieces is one struct here.
 */
import type { Span } from '../base/index.js';
import {
  CFile,
  type Field,
  type FunctionItem,
  type Item,
  type MacroItem,
  type StructItem,
  type VariableItem,
} from '../syntax/index.js';
import type { SourceImage } from '../tree/index.js';

/** One source file, parsed. */
export interface Unit {
  readonly image: SourceImage;
  readonly c: CFile;
  /** Units of one patch of a series share a number; 0 for C files and the tree. */
  readonly patch: number;
  /** Whether findings may be made in it; the others only inform. */
  readonly isReviewed: boolean;
}

/** A range in one unit's text. */
export interface Spot {
  readonly unit: Unit;
  readonly span: Span;
}

export interface Located<T> {
  readonly unit: Unit;
  readonly item: T;
}

/** Everything that one file says of one struct; two files may each have a struct of their own by the same name. */
export interface StructView {
  /** With its keyword; structs without a name are not indexed. */
  readonly name: string;
  /** The file it is defined in. */
  readonly path: string;
  readonly definitions: readonly Located<StructItem>[];
  readonly fields: readonly Located<Field>[];
}

/** Parses an image; of `before`, the same file as it was, all is taken over that an edit did not touch. */
export function unitOf(image: SourceImage, patch: number, isReviewed: boolean, before?: CFile): Unit {
  return { image, c: new CFile(image.text, image.standIns, before), patch, isReviewed };
}

interface GrowingView extends StructView {
  readonly definitions: Located<StructItem>[];
  readonly fields: Located<Field>[];
}

export class Program {
  private readonly functions = new Map<string, Located<FunctionItem>[]>();
  private readonly structs = new Map<string, GrowingView[]>();
  private readonly variables = new Map<string, Located<VariableItem>[]>();
  private readonly macros = new Map<string, Located<MacroItem>[]>();
  private readonly byPath = new Map<string, Unit[]>();
  private readonly definitions: Located<FunctionItem>[] = [];
  private callers: ReadonlyMap<string, readonly Located<FunctionItem>[]> | null = null;

  /** Earlier units are preferred where several define a name. */
  constructor(readonly units: readonly Unit[]) {
    for (const unit of units) {
      push(this.byPath, unit.image.path, unit);
      for (const item of unit.c.items) this.index(unit, item);
    }
  }

  private index(unit: Unit, item: Item): void {
    if (item.name === '') return;
    if (item.kind === 'function') {
      push(this.functions, item.name, { unit, item });
      if (item.bodySpan !== null) this.definitions.push({ unit, item });
    } else if (item.kind === 'variable') push(this.variables, item.name, { unit, item });
    else if (item.kind === 'macro') push(this.macros, item.name, { unit, item });
    else if (item.kind === 'struct' || item.kind === 'union') this.indexStruct(unit, item);
  }

  private indexStruct(unit: Unit, item: StructItem): void {
    const name = `${item.kind} ${item.name}`;
    const { path } = unit.image;
    // A later patch of a series may move a struct to another file.
    const isMoved = (each: GrowingView): boolean =>
      unit.patch > 0 &&
      each.definitions.some((known) => known.unit.patch > 0 && known.unit.patch !== unit.patch);
    let view = this.structs.get(name)?.find((each) => each.path === path || isMoved(each));
    if (!view) {
      view = { name, path, definitions: [], fields: [] };
      push(this.structs, name, view);
    }
    view.definitions.push({ unit, item });
    for (const field of item.fields) {
      if (!view.fields.some((known) => known.item.name === field.name))
        view.fields.push({ unit, item: field });
    }
  }

  /** Definitions and prototypes. */
  functionsNamed(name: string): readonly Located<FunctionItem>[] {
    return this.functions.get(name) ?? [];
  }

  /** The definition that a call in `from` reaches: a static one only within its own file, own patch first. */
  definitionOf(name: string, from: Unit): Located<FunctionItem> | null {
    const visible = this.functionsNamed(name).filter(
      ({ unit, item }) =>
        item.bodySpan !== null &&
        (!item.isStatic || unit.image.path === from.image.path || unit.image.path.endsWith('.h')),
    );
    return (
      visible.find(({ unit }) => unit === from) ??
      visible.find(({ unit }) => unit.patch === from.patch) ??
      visible[0] ??
      null
    );
  }

  /** All definitions with a body. */
  allFunctions(): readonly Located<FunctionItem>[] {
    return this.definitions;
  }

  /** The functions whose bodies call `fn`; calls through pointers are not among them. */
  callersOf(fn: Located<FunctionItem>): readonly Located<FunctionItem>[] {
    this.callers ??= this.readCallers();
    const { name } = fn.item;
    return (this.callers.get(name) ?? []).filter(
      (caller) => this.definitionOf(name, caller.unit)?.unit.image.path === fn.unit.image.path,
    );
  }

  private readCallers(): ReadonlyMap<string, readonly Located<FunctionItem>[]> {
    const callers = new Map<string, Located<FunctionItem>[]>();
    for (const fn of this.definitions) {
      const called = new Set<string>();
      for (const [, name] of bodyText(fn).matchAll(/\b(\w+)\s*\(/g))
        if (this.functions.has(name!)) called.add(name!);
      for (const name of called) push(callers, name, fn);
    }
    return callers;
  }

  /** The struct that `name` means in `from`: of its own file, of a header that it includes, of its folder, of any. */
  structNamed(name: string, from: Unit | null = null): StructView | null {
    const views = this.structs.get(name);
    if (!views) return null;
    if (views.length === 1 || !from) return views[0]!;
    const folder = folderOf(from.image.path);
    const includes = from.c.items.filter((item) => item.kind === 'include').map((item) => item.name);
    return (
      views.find(({ path }) => path === from.image.path) ??
      views.find(({ path }) =>
        includes.some((each) => path.endsWith(`/${each.replace(/^(?:\.\.?\/)+/, '')}`)),
      ) ??
      views.find(({ path }) => folderOf(path) === folder) ??
      views[0]!
    );
  }

  allStructs(): StructView[] {
    return [...this.structs.values()].flat();
  }

  variableNamed(name: string, from: Unit): Located<VariableItem> | null {
    const found = this.variables.get(name) ?? [];
    return (
      found.find(({ unit }) => unit.image.path === from.image.path) ??
      found.find(({ item }) => !item.isStatic) ??
      null
    );
  }

  allVariables(): Located<VariableItem>[] {
    return [...this.variables.values()].flat();
  }

  /** The macro that `name` means in `from`. */
  macroNamed(name: string, from: Unit): Located<MacroItem> | null {
    const found = this.macros.get(name) ?? [];
    return (
      found.find(({ unit }) => unit.image.path === from.image.path) ??
      found.find(({ unit }) => unit.image.path.endsWith('.h')) ??
      null
    );
  }

  allMacros(): Located<MacroItem>[] {
    return [...this.macros.values()].flat();
  }

  /** The units of one file: one, or one for each patch of a series that changes it. */
  unitsAt(path: string): readonly Unit[] {
    return this.byPath.get(path) ?? [];
  }
}

/** The original text of a function's body. */
export function bodyText({ unit, item }: Located<FunctionItem>): string {
  return item.bodySpan ? unit.image.text.slice(item.bodySpan.start, item.bodySpan.end) : '';
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
