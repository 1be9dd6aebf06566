/**
 * The declarations that lowering asks for, answered by the kernel tree around
 * the code: the asking file's own first, then what its includes declare, then
 * the other files under review. Read no sooner than asked for.
 */
import { type Declarations, DeclarationsOf, type Found } from '../ir/index.js';
import type {
  CFile,
  EnumItem,
  FunctionItem,
  MacroItem,
  StructItem,
  TypedefItem,
  VariableItem,
} from '../syntax/index.js';
import { type DeclarationKind, definitionOf, opsTablesOf, type SourceTree } from '../tree/index.js';
import type { Unit } from './program.js';

export class TreeDeclarations implements Declarations {
  private readonly own: DeclarationsOf;
  private readonly inHunks: ReadonlySet<string>;
  private readonly paths = new WeakMap<CFile, string>();
  private readonly slots = new Map<string, readonly string[]>();

  constructor(
    private readonly units: readonly Unit[],
    private readonly tree: SourceTree,
  ) {
    this.own = new DeclarationsOf(units.map(({ image, c }) => ({ path: image.path, file: c })));
    for (const { image, c } of units) this.paths.set(c, image.path);
    this.inHunks = new Set(
      units.flatMap(({ image, isReviewed }) => (isReviewed && image.basis === 'hunks' ? [image.path] : [])),
    );
  }

  /** From where a file is seen that is not under review: what is declared there is declared for it. */
  place(file: CFile, path: string): void {
    this.paths.set(file, path);
  }

  /** Where a file stands that was seen so far. */
  pathOf(file: CFile): string | null {
    return this.paths.get(file) ?? null;
  }

  record(tag: string, from: CFile): Found<StructItem> | null {
    const [kind, name = ''] = tag.split(' ');
    const found = kind === 'union' ? this.inTree('union', name, from) : this.inTree('struct', name, from);
    return this.nearest(this.own.record(tag, from), found, from);
  }

  enumeration(tag: string, from: CFile): Found<EnumItem> | null {
    return this.nearest(
      this.own.enumeration(tag, from),
      this.inTree('enum', tag.split(' ')[1] ?? '', from),
      from,
    );
  }

  enumOf(constant: string, from: CFile): Found<EnumItem> | null {
    return this.nearest(this.own.enumOf(constant, from), this.inTree('enumerator', constant, from), from);
  }

  typedef(name: string, from: CFile): Found<TypedefItem> | null {
    return this.nearest(this.own.typedef(name, from), this.inTree('typedef', name, from), from);
  }

  macro(name: string, from: CFile): Found<MacroItem> | null {
    return this.nearest(this.own.macro(name, from), this.inTree('macro', name, from), from);
  }

  function(name: string, from: CFile): Found<FunctionItem> | null {
    const found = this.nearest(this.own.function(name, from), this.inTree('function', name, from), from);
    return found && this.isOfAnotherVersion(found)
      ? { ...found, item: { ...found.item, bodySpan: null } }
      : found;
  }

  /**
   * Whether the tree has a file that is reviewed from its hunks alone, which is another version of it: who takes a lock
   * there, the function or its callers, may not be what the patch was written for.
   */
  private isOfAnotherVersion({ path, file }: Found<FunctionItem>): boolean {
    return this.inHunks.has(path) && !this.units.some(({ c }) => c === file);
  }

  elsewhere(name: string, from: CFile): Found<FunctionItem> | null {
    const path = this.paths.get(from);
    const found = path === undefined ? null : definitionOf(this.tree, name, path);
    if (found) this.paths.set(found.file, found.path);
    return found && !this.isOfAnotherVersion(found) ? found : null;
  }

  variable(name: string, from: CFile): Found<VariableItem> | null {
    return this.nearest(this.own.variable(name, from), this.inTree('variable', name, from), from);
  }

  candidates(record: string, member: string): readonly string[] {
    const key = `${record}.${member}`;
    let names = this.slots.get(key);
    if (!names) {
      const from = this.units.find(({ isReviewed }) => isReviewed)?.image.path ?? '';
      const entries = opsTablesOf(this.tree, record.replace(/^struct /, ''), from).flatMap(
        (table) => table.entries,
      );
      const inTree = entries.flatMap(({ member: slot, value }) =>
        slot === member && value.kind === 'name' ? [value.name] : [],
      );
      names = [...new Set([...this.own.candidates(record, member), ...inTree])];
      this.slots.set(key, names);
    }
    return names;
  }

  /** A file's own declaration hides the tree's; what other files declare counts only where the tree is silent. */
  private nearest<T>(own: Found<T> | null, inTree: Found<T> | null, from: CFile): Found<T> | null {
    return own?.file === from ? own : (inTree ?? own);
  }

  private inTree<K extends DeclarationKind>(kind: K, name: string, from: CFile) {
    const path = this.paths.get(from);
    const found = path === undefined || name === '' ? null : this.tree.declarationOf(kind, name, path);
    if (found) this.paths.set(found.file, found.path);
    return found;
  }
}
