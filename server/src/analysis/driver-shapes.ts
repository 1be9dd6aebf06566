/** Which operations the drivers of a tree have that attach domains, and in what world each of them can be called. */
import type { Argument, DomainSource, DriverShape } from '../sim/worlds/index.js';
import type { Expression, FunctionItem } from '../syntax/index.js';
import {
  CORE,
  definitionOf,
  directoryOf,
  type OpsTable,
  opsTablesOf,
  type SourceTree,
} from '../tree/index.js';
import { definitionIn } from './definition-in.js';
import { bodyOf, DriverParts, type InFile } from './driver-parts.js';

const OPERATIONS: readonly string[] = ['attach_dev', 'set_dev_pasid'];

/** The operations of one file; a function that several tables have counts once for each kind of domain. */
export function driverShapes(tree: SourceTree, path: string): DriverShape[] {
  return new ShapeReader(tree, path).read();
}

class ShapeReader {
  private readonly parts: DriverParts;

  constructor(
    private readonly tree: SourceTree,
    private readonly path: string,
  ) {
    this.parts = new DriverParts(tree);
  }

  read(): DriverShape[] {
    const seen = new Set<string>();
    return this.tables('iommu_domain_ops').flatMap((table) =>
      table.entries.flatMap(({ member, value }) => {
        const name = OPERATIONS.includes(member) ? nameIn(value) : null;
        const found = name === null ? null : this.definition(name);
        if (!found || seen.has(`${member} ${name}`)) return [];
        seen.add(`${member} ${name}`);
        return [this.shapeOf(table, member, found)];
      }),
    );
  }

  private tables(name: string): OpsTable[] {
    return opsTablesOf(this.tree, name, this.path).filter(({ path }) => path === this.path);
  }

  private definition(name: string): InFile | null {
    const own = this.tree.file(this.path);
    const item = own && definitionIn(own, name);
    return item ? { item, file: own, path: this.path } : definitionOf(this.tree, name, this.path);
  }

  private shapeOf(table: OpsTable, op: string, fn: InFile): DriverShape {
    const { parts, path } = this;
    const own = parts.privateOf(fn);
    const instance = parts.instanceOf(own, path);
    const isInstanceOwn = own !== null && own === instance;
    const fixed = this.fixedDomain(table);
    const sva = this.allocators('domain_alloc_sva').filter((each) => this.makes(each, table));
    return {
      path,
      op,
      function: fn.item.name,
      at: fn.item.nameSpan.start,
      isSingleton: instance !== null && parts.isSingleton(instance, path),
      takes: argumentsOf(fn.item),
      instance: instance === null ? null : this.instance(instance),
      own: own === null || isInstanceOwn ? null : parts.privatePart(own, instance, path),
      isInstanceOwn,
      domains: fixed ? [fixed] : this.domainsFor(fn, table, sva),
      domainType: sva.length > 0 ? 'IOMMU_DOMAIN_SVA' : 'IOMMU_DOMAIN_UNMANAGED',
      ops: fixed ? null : expressionOf(table),
      fwspecOps: this.fwspecOps(),
      free: this.free(table),
      detaches: table.entries.some(({ member }) => member === 'detach_dev'),
    };
  }

  /** What frees the domains of a table. */
  private free({ entries }: OpsTable): string | null {
    const value = entries.find(({ member }) => member === 'free')?.value;
    const name = value ? nameIn(value) : null;
    return name !== null && this.definition(name) ? name : null;
  }

  private instance(type: string): DriverShape['instance'] {
    const member = this.parts.embeds(type, 'struct iommu_device', this.path);
    return member === null ? null : { ...this.parts.instancePart(type, this.path), member };
  }

  /** What can be tried, the driver's own way first. */
  private domainsFor(fn: InFile, table: OpsTable, sva: readonly InFile[]): DomainSource[] {
    const paging = [...this.allocators('domain_alloc_paging'), ...this.allocators('domain_alloc')];
    // What stands in a table of its own may be for domains that are made on others.
    const isUsual = table.variable.type.base === 'struct iommu_ops';
    const allocators = sva.length > 0 ? sva : paging.filter((each) => isUsual || this.makes(each, table));
    const type = this.parts.domainOf(fn);
    const member = type && this.parts.embeds(type, 'struct iommu_domain', this.path);
    return [
      ...allocators.map(
        ({ item }): DomainSource => ({ kind: 'allocated', by: item.name, takes: argumentsOf(item) }),
      ),
      ...(type && member
        ? [{ kind: 'zeroed' as const, part: this.parts.domainPart(type, this.path), member }]
        : []),
    ];
  }

  /** The allocators of the driver, whose table of operations may stand in a file beside this one. */
  private allocators(slot: string): InFile[] {
    const own = this.tables('iommu_ops');
    const tables =
      own.length > 0 ? own : opsTablesOf(this.tree, 'iommu_ops', this.path).filter(isBeside(this.path));
    return tables.flatMap(({ entries, path }) =>
      entries.flatMap(({ member, value }) => {
        const name = member === slot ? nameIn(value) : null;
        const found = name === null ? null : (this.definition(name) ?? definitionOf(this.tree, name, path));
        return found ? [found] : [];
      }),
    );
  }

  /** Whether an allocator gives its domains that table. */
  private makes(allocator: InFile, { variable }: OpsTable): boolean {
    return new RegExp(`&\\s*${variable.name}\\b`).test(bodyOf(allocator));
  }

  /** A variable that is a domain and has the table. */
  private fixedDomain({ variable }: OpsTable): DomainSource | null {
    if (variable.type.base === 'struct iommu_domain') return { kind: 'static', name: variable.name };
    for (const item of this.tree.file(this.path)?.items ?? []) {
      if (item.kind !== 'variable' || item.type.base !== 'struct iommu_domain') continue;
      const entries = item.initial?.kind === 'initializers' ? item.initial.entries : [];
      if (entries.some(({ member, value }) => member === 'ops' && nameIn(value) === variable.name))
        return { kind: 'static', name: item.name };
    }
    return null;
  }

  private fwspecOps(): string | null {
    const fwspec = this.parts.struct('struct iommu_fwspec', this.path);
    if (!fwspec?.fields.some(({ name }) => name === 'ops')) return null;
    const [table] = this.tables('iommu_ops');
    return table && table.within.length === 0 ? `&${table.variable.name}` : null;
  }
}

/** Drivers of one file share the folder of the core; a folder of its own is one driver. */
function isBeside(from: string): (table: OpsTable) => boolean {
  return ({ path }) => directoryOf(path) === directoryOf(from) && directoryOf(from) !== CORE;
}

function nameIn(value: Expression): string | null {
  const inner = value.kind === 'unary' || value.kind === 'cast' ? value.operand : value;
  return inner.kind === 'name' ? inner.name : null;
}

function expressionOf({ variable, within }: OpsTable): string | null {
  if (variable.type.base === 'struct iommu_domain_ops') return `&${variable.name}`;
  return within.length > 0 ? `${variable.name}.${within.join('.')}` : null;
}

function argumentsOf({ parameters }: FunctionItem): Argument[] {
  return parameters.map(({ type: { base, pointers } }): Argument => {
    if (pointers === 1 && base === 'struct iommu_domain') return 'domain';
    if (pointers === 1 && base === 'struct device') return 'device';
    if (pointers === 1 && base === 'struct mm_struct') return 'mm';
    if (pointers > 0) return 'zero';
    return /^(?:ioasid_t|u32)$/.test(base) ? 'pasid' : /^unsigned(?: int)?$/.test(base) ? 'type' : 'zero';
  });
}
