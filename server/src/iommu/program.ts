/**
 * All the code that a review knows of, indexed by name: the files under
 * review, the rest of the series, and what was read from the tree. A struct
 * that is seen in pieces is one struct here.
 */
import { never, type Span } from '../base/index.js';
import {
  CFile,
  type Field,
  type FunctionItem,
  type Item,
  type MacroItem,
  type Original,
  type StructItem,
  type VariableItem,
} from '../syntax/index.js';
import type { SourceImage } from '../tree/index.js';
import { KeptBodies } from './kept-bodies.js';
import { Surroundings } from './surroundings.js';
import { type BodyWords, NO_WORDS, wordsOf } from './words.js';

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

/** A function with what its text tells before it is read. */
export class KnownFunction implements Located<FunctionItem> {
  private knownOriginal: Original | null = null;
  private knownWords: BodyWords | null = null;

  constructor(
    readonly unit: Unit,
    readonly item: FunctionItem,
  ) {}

  get original(): Original {
    this.knownOriginal ??= this.unit.c.originalOf(this.item) ?? never('an item is of its own file');
    return this.knownOriginal;
  }

  get words(): BodyWords {
    this.knownWords ??= wordsOf(this.original.piece).bodies.get(this.original.item) ?? NO_WORDS;
    return this.knownWords;
  }

  /** The original text of the body. */
  get bodyText(): string {
    const { bodySpan } = this.item;
    return bodySpan ? this.unit.image.text.slice(bodySpan.start, bodySpan.end) : '';
  }
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
  readonly fieldNames: Set<string>;
}

export class Program {
  private readonly functions = new Map<string, KnownFunction[]>();
  private readonly structs = new Map<string, GrowingView[]>();
  private readonly variables = new Map<string, Located<VariableItem>[]>();
  private readonly macros = new Map<string, Located<MacroItem>[]>();
  private readonly byPath = new Map<string, Unit[]>();
  private readonly definitions: KnownFunction[] = [];
  private readonly byUnit = new Map<Unit, KnownFunction[]>();
  private callers: ReadonlyMap<string, readonly KnownFunction[]> | null = null;
  private readonly includes = new Map<Unit, readonly string[]>();

  private readonly indices = new Map<Unit, number>();
  readonly surroundings: Surroundings;
  readonly keptBodies: KeptBodies;

  /** Earlier units are preferred where several define a name. `before`: the same program before an edit. */
  constructor(
    readonly units: readonly Unit[],
    before?: Program,
  ) {
    units.forEach((unit, index) => {
      this.indices.set(unit, index);
      push(this.byPath, unit.image.path, unit);
      for (const item of unit.c.items) this.index(unit, item);
    });
    this.surroundings = Surroundings.of(this, before);
    this.keptBodies = before?.keptBodies ?? new KeptBodies(this);
  }

  private index(unit: Unit, item: Item): void {
    if (item.kind === 'function') this.indexFunction(new KnownFunction(unit, item));
    else if (item.name === '') return;
    else if (item.kind === 'variable') push(this.variables, item.name, { unit, item });
    else if (item.kind === 'macro') push(this.macros, item.name, { unit, item });
    else if (item.kind === 'struct' || item.kind === 'union') this.indexStruct(unit, item);
  }

  /** Which of the units it is. */
  unitIndexOf(unit: Unit): number {
    return this.indices.get(unit) ?? never('a unit is of its program');
  }

  private indexFunction(fn: KnownFunction): void {
    const { name, bodySpan } = fn.item;
    if (bodySpan !== null) push(this.byUnit, fn.unit, fn);
    // Of some functions a patch does not show the head.
    if (name === '') return;
    push(this.functions, name, fn);
    if (bodySpan !== null) this.definitions.push(fn);
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
      view = { name, path, definitions: [], fields: [], fieldNames: new Set() };
      push(this.structs, name, view);
    }
    view.definitions.push({ unit, item });
    for (const field of item.fields) {
      if (view.fieldNames.has(field.name)) continue;
      view.fieldNames.add(field.name);
      view.fields.push({ unit, item: field });
    }
  }

  /** Definitions and prototypes. */
  functionsNamed(name: string): readonly KnownFunction[] {
    return this.functions.get(name) ?? [];
  }

  /** The definition that a call in `from` reaches: a static one only within its own file, own patch first. */
  definitionOf(name: string, from: Unit): KnownFunction | null {
    const named = this.functions.get(name);
    if (!named) return null;
    const visible = named.filter(
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

  /** Definitions and prototypes, all of them. */
  allDeclaredFunctions(): KnownFunction[] {
    return [...this.functions.values()].flat();
  }

  /** All definitions with a body that have a name. */
  allFunctions(): readonly KnownFunction[] {
    return this.definitions;
  }

  /** All definitions of one unit, in its order; a fragment may not show the name. */
  definitionsIn(unit: Unit): readonly KnownFunction[] {
    return this.byUnit.get(unit) ?? [];
  }

  /** Those of which no later patch of the series shows another version. */
  lastingDefinitionsIn(unit: Unit): readonly KnownFunction[] {
    return this.definitionsIn(unit).filter(
      ({ item }) =>
        !this.isShownLater(
          unit,
          this.functions.get(item.name)?.filter((each) => each.item.bodySpan !== null),
        ),
    );
  }

  /** Variables likewise. */
  lastingVariablesIn(unit: Unit): readonly VariableItem[] {
    return unit.c.items.filter(
      (item): item is VariableItem =>
        item.kind === 'variable' && !this.isShownLater(unit, this.variables.get(item.name)),
    );
  }

  private isShownLater({ patch, image }: Unit, named: readonly Located<Item>[] = []): boolean {
    return named.some(({ unit }) => unit.patch > patch && unit.image.path === image.path);
  }

  /** The functions whose bodies call `fn`; calls through pointers are not among them. */
  callersOf({ unit, item: { name } }: Located<FunctionItem>): readonly KnownFunction[] {
    this.callers ??= this.callersByName();
    const callers = this.callers.get(name) ?? [];
    return callers.filter(
      (caller) => this.definitionOf(name, caller.unit)?.unit.image.path === unit.image.path,
    );
  }

  private callersByName(): ReadonlyMap<string, readonly KnownFunction[]> {
    const callers = new Map<string, KnownFunction[]>();
    for (const fn of this.definitions)
      for (const name of fn.words.called) if (this.functions.has(name)) push(callers, name, fn);
    return callers;
  }

  /** The struct that `name` means in `from`: of its own file, of a header that it includes, of its folder, of any. */
  structNamed(name: string, from: Unit | null = null): StructView | null {
    const views = this.structs.get(name);
    if (!views) return null;
    if (views.length === 1 || !from) return views[0]!;
    const folder = folderOf(from.image.path);
    const includes = this.includesOf(from);
    return (
      views.find(({ path }) => path === from.image.path) ??
      views.find(({ path }) => includes.some((each) => isIncludeOf(each, path))) ??
      views.find(({ path }) => folderOf(path) === folder) ??
      views[0]!
    );
  }

  private includesOf(unit: Unit): readonly string[] {
    let includes = this.includes.get(unit);
    if (!includes) {
      includes = unit.c.items.filter((item) => item.kind === 'include').map((item) => item.name);
      this.includes.set(unit, includes);
    }
    return includes;
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

  /** The units of one file: one, or one for each patch of a series that changes it. */
  unitsAt(path: string): readonly Unit[] {
    return this.byPath.get(path) ?? [];
  }
}

/** Whether the words of an `#include` lead to the file at `path`. */
export function isIncludeOf(included: string, path: string): boolean {
  return path === included || path.endsWith(`/${included.replace(/^(?:\.\.?\/)+/, '')}`);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function push<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
