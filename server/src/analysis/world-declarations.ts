/** What is declared where the simulated world stands: in the place of a file of the tree, so that it sees the types of that. */
import { TreeDeclarations, type Unit } from '../iommu/index.js';
import { type Declarations, DeclarationsOf, type Found, type NamedFile } from '../ir/index.js';
import type {
  CFile,
  EnumItem,
  FunctionItem,
  MacroItem,
  StructItem,
  TypedefItem,
  VariableItem,
} from '../syntax/index.js';
import { definitionOf, type SourceTree } from '../tree/index.js';

/**
 * The tree's declarations, for code that may call all of the core, and for a
 * world that stands in a file of the tree and sees what that sees.
 */
export class WorldDeclarations implements Declarations {
  private readonly review: TreeDeclarations;
  private readonly own: DeclarationsOf;
  private readonly files: ReadonlySet<CFile>;
  /** The file in whose place the world stands; null where the tree has none. */
  private readonly home: CFile | null;

  constructor(
    units: readonly Unit[],
    private readonly tree: SourceTree,
    world: readonly NamedFile[],
    private readonly homePath: string,
  ) {
    this.review = new TreeDeclarations(units, tree);
    this.own = new DeclarationsOf(world);
    this.files = new Set(world.map(({ file }) => file));
    this.home = units.find(({ image }) => image.path === homePath)?.c ?? tree.file(homePath);
    if (this.home) this.review.place(this.home, homePath);
  }

  record(tag: string, from: CFile): Found<StructItem> | null {
    return this.found(from, (declarations, file) => declarations.record(tag, file), isDefined);
  }

  enumeration(tag: string, from: CFile): Found<EnumItem> | null {
    return this.found(from, (declarations, file) => declarations.enumeration(tag, file));
  }

  enumOf(constant: string, from: CFile): Found<EnumItem> | null {
    return this.found(from, (declarations, file) => declarations.enumOf(constant, file));
  }

  typedef(name: string, from: CFile): Found<TypedefItem> | null {
    return this.found(from, (declarations, file) => declarations.typedef(name, file));
  }

  macro(name: string, from: CFile): Found<MacroItem> | null {
    const found = this.found(from, (declarations, file) => declarations.macro(name, file));
    return found && this.isAbsence(found, name, from) ? null : found;
  }

  variable(name: string, from: CFile): Found<VariableItem> | null {
    return this.found(from, (declarations, file) => declarations.variable(name, file));
  }

  /** `#define some_alloc NULL`, for kernels that are configured without a function of that name. */
  private isAbsence({ item, file }: Found<MacroItem>, name: string, from: CFile): boolean {
    const { parameters, bodySpan } = item;
    if (parameters !== null || file.text.slice(bodySpan.start, bodySpan.end).trim() !== 'NULL') return false;
    return this.function(name, from) !== null;
  }

  /** Of a function that a header declares, the body, not the stub for kernels that are configured without it. */
  function(name: string, from: CFile): Found<FunctionItem> | null {
    const found = this.found(from, (declarations, file) => declarations.function(name, file));
    if (!found || this.files.has(found.file)) return found;
    if (found.item.bodySpan !== null && !found.path.endsWith('.h')) return found;
    const defined = definitionOf(this.tree, name, this.review.pathOf(from) ?? this.homePath);
    if (!defined) return found;
    this.review.place(defined.file, defined.path);
    return defined;
  }

  candidates(record: string, member: string): readonly string[] {
    return this.own.candidates(record, member);
  }

  /** What a file of the world declares itself, then what its home sees, then the rest of the world; of other files, what they see. */
  private found<T>(
    from: CFile,
    ask: (declarations: Declarations, file: CFile) => Found<T> | null,
    isEnough: (found: Found<T>) => boolean = () => true,
  ): Found<T> | null {
    if (!this.files.has(from)) return ask(this.review, from);
    const own = ask(this.own, from);
    if (own?.file === from) return own;
    const seen = this.home && ask(this.review, this.home);
    return seen && isEnough(seen) ? seen : (own ?? seen);
  }
}

/** A struct of which more is known than that it is one. */
function isDefined({ item }: Found<StructItem>): boolean {
  return item.members.length > 0;
}
