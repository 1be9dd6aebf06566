/** What lowering asks of the code around a function, and the simplest answer: a handful of files, earlier ones first. */
import {
  type CFile,
  type EnumItem,
  type Expression,
  type FunctionItem,
  type Item,
  type MacroItem,
  type StructItem,
  type TypedefItem,
  type VariableItem,
  walk,
} from '../syntax/index.js';

/** A declaration and the file it stands in. */
export interface Found<T> {
  readonly item: T;
  readonly file: CFile;
  /** The file's name for people; '' when it has none. */
  readonly path: string;
}

/** The declarations that code in a file can see. Every answer may be null: then less is known, and nothing fails. */
export interface Declarations {
  /** By keyword and tag: `struct iommu_domain`. */
  record(tag: string, from: CFile): Found<StructItem> | null;
  /** By keyword and tag: `enum iommu_cap`. */
  enumeration(tag: string, from: CFile): Found<EnumItem> | null;
  /** The enum that has a constant of that name. */
  enumOf(constant: string, from: CFile): Found<EnumItem> | null;
  typedef(name: string, from: CFile): Found<TypedefItem> | null;
  macro(name: string, from: CFile): Found<MacroItem> | null;
  /** Definition or prototype. */
  function(name: string, from: CFile): Found<FunctionItem> | null;
  /** The definition in a C file that `from` does not include; absent where no more than the files at hand is known. */
  elsewhere?(name: string, from: CFile): Found<FunctionItem> | null;
  variable(name: string, from: CFile): Found<VariableItem> | null;
  /** Functions that some initialised table puts into a member: `struct iommu_domain_ops`, `attach_dev`. */
  candidates(record: string, member: string): readonly string[];
}

/** A file with a name. */
export interface NamedFile {
  readonly path: string;
  readonly file: CFile;
}

/** Declarations of a handful of files: the asking file's own first, then in the order given. */
export class DeclarationsOf implements Declarations {
  private readonly byKind = new Map<Item['kind'], Map<string, Found<Item>[]>>();
  private readonly constants = new Map<string, Found<EnumItem>[]>();
  private tables: Map<string, string[]> | null = null;
  private readonly files: readonly NamedFile[];

  constructor(files: readonly (CFile | NamedFile)[]) {
    this.files = files.map((each) => ('items' in each ? { file: each, path: '' } : each));
    for (const { file, path } of this.files) for (const item of file.items) this.index({ item, file, path });
  }

  private index(found: Found<Item>): void {
    const { item } = found;
    if (item.name !== '') push(this.named(item.kind), item.name, found);
    if (item.kind === 'enum')
      for (const member of item.members) push(this.constants, member.name, found as Found<EnumItem>);
  }

  private indexTables(): Map<string, string[]> {
    const tables = new Map<string, string[]>();
    for (const { path, file } of this.files) {
      for (const item of file.items) {
        if (item.kind === 'variable' && item.initial)
          this.indexTable(tables, item.type.base, item.initial, file);
        // Ops of one instance are often filled in where it is made; headers make none.
        const body = item.kind === 'function' && !path.endsWith('.h') ? file.bodyOf(item) : null;
        if (body)
          walk(body, (node) => {
            if (node.kind === 'initializers' && node.type) this.indexTable(tables, '', node, file);
          });
      }
    }
    return tables;
  }

  private indexTable(tables: Map<string, string[]>, type: string, value: Expression, file: CFile): void {
    if (value.kind === 'unary' && value.operator === '&') {
      this.indexTable(tables, type, value.operand, file);
      return;
    }
    if (value.kind !== 'initializers') return;
    const record = value.type?.base ?? type;
    const fields = record.startsWith('struct ') ? this.record(record, file)?.item.fields : undefined;
    for (const { member, value: inner } of value.entries) {
      const name = functionNamed(inner);
      if (name && member !== '') push(tables, `${record}.${member}`, name);
      else if (inner.kind === 'initializers' || inner.kind === 'unary')
        this.indexTable(tables, fields?.find((field) => field.name === member)?.type.base ?? '', inner, file);
    }
  }

  private named(kind: Item['kind']): Map<string, Found<Item>[]> {
    let names = this.byKind.get(kind);
    if (!names) {
      names = new Map();
      this.byKind.set(kind, names);
    }
    return names;
  }

  private find<T extends Item>(kind: T['kind'], name: string, from: CFile): Found<T> | null {
    const all = (this.named(kind).get(name) ?? []) as Found<T>[];
    return all.find(({ file }) => file === from) ?? all[0] ?? null;
  }

  record(tag: string, from: CFile): Found<StructItem> | null {
    const [kind, name = ''] = tag.split(' ');
    const all = (this.named(kind === 'union' ? 'union' : 'struct').get(name) ?? []) as Found<StructItem>[];
    // That there is such a struct says less than what is in it.
    const defined = all.filter(({ item }) => item.members.length > 0);
    const known = defined.length > 0 ? defined : all;
    return known.find(({ file }) => file === from) ?? known[0] ?? null;
  }

  enumeration(tag: string, from: CFile): Found<EnumItem> | null {
    return this.find<EnumItem>('enum', tag.split(' ')[1] ?? '', from);
  }

  enumOf(constant: string, from: CFile): Found<EnumItem> | null {
    const all = this.constants.get(constant) ?? [];
    return all.find(({ file }) => file === from) ?? all[0] ?? null;
  }

  typedef(name: string, from: CFile): Found<TypedefItem> | null {
    return this.find<TypedefItem>('typedef', name, from);
  }

  macro(name: string, from: CFile): Found<MacroItem> | null {
    return this.find<MacroItem>('macro', name, from);
  }

  function(name: string, from: CFile): Found<FunctionItem> | null {
    const all = (this.named('function').get(name) ?? []) as Found<FunctionItem>[];
    const visible = all.filter(
      ({ item, file, path }) => file === from || !item.isStatic || path.endsWith('.h'),
    );
    return (
      visible.find(({ file, item }) => file === from && item.bodySpan && item.missing.length === 0) ??
      // What a hunk shows in part says less than a whole one; what a header has may be the stub of a kernel
      // that is configured without it.
      visible.find(({ item, path }) => item.bodySpan && item.missing.length === 0 && !path.endsWith('.h')) ??
      visible.find(({ item }) => item.bodySpan && item.missing.length === 0) ??
      visible.find(({ item }) => item.bodySpan) ??
      visible[0] ??
      null
    );
  }

  /** A table may be declared before the functions that it names, and filled behind them. */
  variable(name: string, from: CFile): Found<VariableItem> | null {
    const found = this.find<VariableItem>('variable', name, from);
    if (!found || found.item.initial) return found;
    const all = this.named('variable').get(name) as Found<VariableItem>[];
    return all.find(({ file, item }) => file === found.file && item.initial !== null) ?? found;
  }

  candidates(record: string, member: string): readonly string[] {
    this.tables ??= this.indexTables();
    return [...new Set(this.tables.get(`${record}.${member}`) ?? [])];
  }
}

function functionNamed(value: Expression): string | null {
  const inner = value.kind === 'unary' && value.operator === '&' ? value.operand : value;
  return inner.kind === 'name' && inner.name !== 'NULL' ? inner.name : null;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
