/**
 * The code around a run, lowered when somebody calls it: which function a name
 * means in which file, what its variables are, where members lie. The bridge
 * from declarations to the engine, which sees IR alone.
 */

import {
  type Declarations,
  type Found,
  lower,
  lowerInitial,
  type NamedFile,
  type Options,
  type World,
  worldOf,
} from '../../ir/index.js';
import type { CFile, FunctionItem, VariableItem } from '../../syntax/index.js';
import { type Code, type GlobalVariable, type Neighbour, Procedure } from '../engine/index.js';
import { neighboursIn, slotsIn } from './neighbours.js';

export class LoweredCode implements Code {
  private readonly files = new Map<string, CFile>();
  private readonly procedures = new Map<FunctionItem, Procedure>();
  private readonly standIns = new Map<string, Procedure | null>();
  /** By the path that they are named in, then by name: a run asks for them all the time. */
  private readonly named = new Map<string, Map<string, Procedure | null>>();
  private readonly away = new Map<string, Map<string, Procedure | null>>();
  private readonly globals = new Map<string, Map<string, GlobalVariable | null>>();
  private readonly offsets = new Map<string, number>();
  private readonly slots = new Map<string, ReadonlyMap<string, readonly string[]>>();
  private readonly around = new Map<string, readonly Neighbour[]>();
  private readonly world: World;
  private readonly worldPaths: ReadonlySet<string>;

  /** `files`: those from which runs start; others are found through the declarations. */
  constructor(
    private readonly declarations: Declarations,
    private readonly given: readonly NamedFile[],
    private readonly options: Options,
    private readonly simulated: SimulatedFiles = NO_WORLD,
  ) {
    for (const { path, file } of given) this.files.set(path, file);
    this.world = worldOf(declarations, options);
    const { standIns, fallbacks } = simulated;
    this.worldPaths = new Set([...standIns, ...fallbacks].map(({ path }) => path));
  }

  procedure(name: string, from: string): Procedure | null {
    const namedThere = within(this.named, from);
    const known = namedThere.get(name);
    if (known !== undefined) return known;
    const file = this.files.get(from);
    const declared = file ? this.declarations.function(name, file) : null;
    // A scenario calls functions that are static where they stand.
    const found = this.isWorld(from) ? better(this.anywhere(name), declared) : declared;
    // Of a function that a hunk shows in part nobody knows what it does.
    const isWhole = found?.item.bodySpan && found.item.missing.length === 0;
    const procedure = isWhole ? this.procedureOf(found) : null;
    namedThere.set(name, procedure);
    return procedure;
  }

  maskOf(name: string, from: string): number {
    const file = this.files.get(from);
    const parameters = (file && this.declarations.function(name, file)?.item.parameters) ?? [];
    return parameters.findIndex(({ type }) => type.base === 'gfp_t' && type.pointers === 0);
  }

  elsewhere(name: string, from: string): Procedure | null {
    const namedThere = within(this.away, from);
    const known = namedThere.get(name);
    if (known !== undefined) return known;
    const file = this.files.get(from);
    const found = file ? (this.declarations.elsewhere?.(name, file) ?? null) : null;
    const procedure = found && found.item.missing.length === 0 ? this.procedureOf(found) : null;
    namedThere.set(name, procedure);
    return procedure;
  }

  standIn(name: string): Procedure | null {
    if (this.simulated.standIns.length === 0) return null;
    const known = this.standIns.get(name);
    if (known !== undefined) return known;
    let procedure: Procedure | null = null;
    for (const { path, file } of this.simulated.standIns) {
      const item = definitionIn(file, name);
      if (item) procedure = this.procedureOf({ item, file, path });
    }
    this.standIns.set(name, procedure);
    return procedure;
  }

  isWorld(path: string): boolean {
    return this.worldPaths.has(path);
  }

  /**
   * Of the files that runs start from; of those that a run came by, who asks later would hear otherwise. What a
   * header has may be the stub of a kernel that is configured without it.
   */
  private anywhere(name: string): Found<FunctionItem> | null {
    const isHeader = ({ path }: NamedFile): boolean => path.endsWith('.h');
    const { given } = this;
    for (const { path, file } of [...given.filter((each) => !isHeader(each)), ...given.filter(isHeader)]) {
      const item = definitionIn(file, name);
      if (item) return { item, file, path };
    }
    return null;
  }

  /** The procedure of a definition. */
  procedureOf({ item, file, path }: Found<FunctionItem>): Procedure {
    let procedure = this.procedures.get(item);
    if (!procedure) {
      const home = this.homeOf(file, path);
      procedure = new Procedure(lower(file, item, this.declarations, this.options), home, file.text);
      this.procedures.set(item, procedure);
    }
    return procedure;
  }

  /** The path under which a file is known from here on. */
  private homeOf(file: CFile, path: string): string {
    if (!this.files.has(path)) this.files.set(path, file);
    return path;
  }

  global(name: string, from: string): GlobalVariable | null {
    const globalsThere = within(this.globals, from);
    const known = globalsThere.get(name);
    if (known !== undefined) return known;
    const file = this.files.get(from);
    const found = file ? this.declarations.variable(name, file) : null;
    const variable = found ? this.variable(found) : null;
    globalsThere.set(name, variable);
    return variable;
  }

  private variable(found: Found<VariableItem>): GlobalVariable {
    const { item, file, path } = found;
    const type = this.world.variableType(found);
    const isFixed = item.type.isConst && item.initial !== null;
    const initial = item.initial
      ? new Procedure(
          lowerInitial(file, item, this.declarations, this.options),
          this.homeOf(file, path),
          file.text,
        )
      : null;
    const [, macro = ''] =
      /^\s*(?:static\s+)?([A-Z_]+)\s*\(/.exec(file.text.slice(item.start, item.end)) ?? [];
    // What is only declared here is defined elsewhere, with contents that are not at hand.
    const isDefined = !item.isExtern;
    return {
      path: item.isStatic ? path : '',
      type: type.spelling,
      size: type.size,
      isConst: isFixed,
      isDefined,
      initial,
      macro,
    };
  }

  slotsOf({ path, name }: Procedure): readonly string[] {
    return this.slotsIn(path).get(name) ?? [];
  }

  private slotsIn(path: string): ReadonlyMap<string, readonly string[]> {
    let slots = this.slots.get(path);
    if (!slots) {
      const file = this.files.get(path);
      slots = file ? slotsIn(file) : new Map<string, readonly string[]>();
      this.slots.set(path, slots);
    }
    return slots;
  }

  neighbours(path: string): readonly Neighbour[] {
    let known = this.around.get(path);
    if (!known) {
      const file = this.files.get(path);
      known = file
        ? neighboursIn(file, this.slotsIn(path), (item) => this.procedureOf({ item, file, path }))
        : [];
      this.around.set(path, known);
    }
    return known;
  }

  offsetOf(record: string, member: string, from: string): number {
    const key = `${record}.${member}`;
    let offset = this.offsets.get(key);
    if (offset === undefined) {
      const file = this.files.get(from);
      const env = file ? this.world.types.envOf(file, from) : null;
      const type = env && this.world.types.named(record, env);
      offset = (env && type && this.world.constants.place(type, member, env)?.offset) ?? -1;
      this.offsets.set(key, offset);
    }
    return offset;
  }
}

/** The files of the simulated world. */
interface SimulatedFiles {
  /** Functions in these win over those of the kernel. */
  readonly standIns: readonly NamedFile[];
  /** Functions in these serve where the code at hand has none. */
  readonly fallbacks: readonly NamedFile[];
}

/** The one that has a body; what a header has may be the stub of a kernel that is configured without it. */
function better(
  one: Found<FunctionItem> | null,
  other: Found<FunctionItem> | null,
): Found<FunctionItem> | null {
  if (one && !one.path.endsWith('.h')) return one;
  return other?.item.bodySpan ? other : (one ?? other);
}

const NO_WORLD: SimulatedFiles = { standIns: [], fallbacks: [] };

/** What is known of names in one file. */
function within<T>(known: Map<string, Map<string, T>>, path: string): Map<string, T> {
  let names = known.get(path);
  if (!names) {
    names = new Map();
    known.set(path, names);
  }
  return names;
}

/** The first definition of each function of a file, by name: whoever calls asks many files for it. */
const definitions = new WeakMap<CFile, ReadonlyMap<string, FunctionItem>>();

function definitionIn(file: CFile, name: string): FunctionItem | null {
  let known = definitions.get(file);
  if (!known) {
    const bodies = file.items.flatMap((each) => (each.kind === 'function' && each.bodySpan ? [each] : []));
    known = new Map(bodies.reverse().map((each) => [each.name, each]));
    definitions.set(file, known);
  }
  return known.get(name) ?? null;
}
