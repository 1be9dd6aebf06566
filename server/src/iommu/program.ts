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

/** Everything that is known of one struct by its name (`struct iommu_domain`). */
export interface StructView {
  /** With its keyword; structs without a name are not indexed. */
  readonly name: string;
  readonly definitions: readonly Located<StructItem>[];
  readonly fields: readonly Located<Field>[];
}

/** Parses an image. */
export function unitOf(image: SourceImage, patch: number, isReviewed: boolean): Unit {
  return { image, c: new CFile(image.text, image.standIns), patch, isReviewed };
}

export class Program {
  private readonly functions = new Map<string, Located<FunctionItem>[]>();
  private readonly structs = new Map<
    string,
    { definitions: Located<StructItem>[]; fields: Located<Field>[] }
  >();
  private readonly variables = new Map<string, Located<VariableItem>[]>();
  private readonly macros = new Map<string, Located<MacroItem>[]>();

  /** Earlier units are preferred where several define a name. */
  constructor(readonly units: readonly Unit[]) {
    for (const unit of units) for (const item of unit.c.items) this.index(unit, item);
  }

  private index(unit: Unit, item: Item): void {
    if (item.name === '') return;
    if (item.kind === 'function') push(this.functions, item.name, { unit, item });
    else if (item.kind === 'variable') push(this.variables, item.name, { unit, item });
    else if (item.kind === 'macro') push(this.macros, item.name, { unit, item });
    else if (item.kind === 'struct' || item.kind === 'union') {
      const name = `${item.kind} ${item.name}`;
      const view = this.structs.get(name) ?? { definitions: [], fields: [] };
      view.definitions.push({ unit, item });
      for (const field of item.fields) {
        if (!view.fields.some((known) => known.item.name === field.name))
          view.fields.push({ unit, item: field });
      }
      this.structs.set(name, view);
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
  allFunctions(): Located<FunctionItem>[] {
    return [...this.functions.values()].flat().filter(({ item }) => item.bodySpan !== null);
  }

  structNamed(name: string): StructView | null {
    const view = this.structs.get(name);
    return view ? { name, ...view } : null;
  }

  allStructs(): StructView[] {
    return [...this.structs].map(([name, view]) => ({ name, ...view }));
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

  macroNamed(name: string): Located<MacroItem> | null {
    return this.macros.get(name)?.[0] ?? null;
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
