/** Which operations the drivers of a tree have that attach domains, and in what world each of them can be called. */
import type { DomainSource, DriverShape } from '../sim/worlds/index.js';
import type { OpsTable, SourceTree } from '../tree/index.js';
import { type BareShape, companionsOf, type InTable } from './driver-companions.js';
import { bodyOf, DriverParts, type InFile } from './driver-parts.js';
import { argumentsOf, DriverTables, nameIn } from './driver-tables.js';

const OPERATIONS: readonly string[] = ['attach_dev', 'set_dev_pasid'];

/** The operations of one file; a function that several tables have counts once for each kind of domain. */
export function driverShapes(tree: SourceTree, path: string): DriverShape[] {
  const tables = new DriverTables(tree, path);
  const own = bareShapes(tree, path);
  const others = tables.files().flatMap((each) => (each === path ? [] : bareShapes(tree, each)));
  const all = [...own, ...others];
  return own.map(({ shape, table }) => ({
    ...shape,
    ...privateOf(shape, all),
    beside: companionsOf(tables, { shape, table }, all),
  }));
}

/** What an operation does not ask for, others of its driver may: devices have the same data for all of them. */
function privateOf(shape: BareShape, all: readonly InTable[]): Pick<BareShape, 'own' | 'isInstanceOwn'> {
  const isAsked = (each: BareShape): boolean => each.own !== null || each.isInstanceOwn;
  const asking = isAsked(shape) ? shape : all.find((each) => isAsked(each.shape))?.shape;
  const { own, isInstanceOwn } = asking ?? shape;
  return asking?.instance?.type === shape.instance?.type ? { own, isInstanceOwn } : shape;
}

/** The operations of a file, each alone. */
function bareShapes(tree: SourceTree, path: string): InTable[] {
  return new ShapeReader(tree, path).read();
}

class ShapeReader {
  private readonly parts: DriverParts;
  private readonly driver: DriverTables;

  constructor(
    private readonly tree: SourceTree,
    private readonly path: string,
  ) {
    this.parts = new DriverParts(tree);
    this.driver = new DriverTables(tree, path);
  }

  read(): InTable[] {
    const seen = new Set<string>();
    return this.driver.own('iommu_domain_ops').flatMap((table) =>
      table.entries.flatMap(({ member, value }) => {
        const name = OPERATIONS.includes(member) ? nameIn(value) : null;
        const found = name === null ? null : this.driver.definition(name);
        if (!found || seen.has(`${member} ${name}`)) return [];
        seen.add(`${member} ${name}`);
        return [{ table, shape: this.shapeOf(table, member, found) }];
      }),
    );
  }

  private shapeOf(table: OpsTable, op: string, fn: InFile): BareShape {
    const { parts, path } = this;
    const own = parts.privateOf(fn);
    const instance = parts.instanceOf(own, path);
    const isInstanceOwn = own !== null && own === instance;
    const fixed = this.fixedDomain(table);
    const isNested = table.entries.some(({ member }) => member === 'cache_invalidate_user');
    const sva = this.allocators('domain_alloc_sva').filter((each) => this.makes(each, table));
    return {
      path,
      op,
      function: fn.item.name,
      at: fn.item.nameSpan.start,
      isSingleton: instance === null ? parts.isVariable(path) : parts.isSingleton(instance, path),
      takes: argumentsOf(fn.item),
      instance: instance === null ? null : this.instance(instance),
      own: own === null || isInstanceOwn ? null : parts.privatePart(own, instance, path),
      isInstanceOwn,
      domains: fixed ? [fixed] : this.domainsFor(fn, table, sva, isNested),
      domainType:
        sva.length > 0 ? 'IOMMU_DOMAIN_SVA' : isNested ? 'IOMMU_DOMAIN_NESTED' : 'IOMMU_DOMAIN_UNMANAGED',
      ops: fixed ? null : expressionOf(table),
      fwspecOps: this.fwspecOps(),
      free: this.free(table),
      asksCore: this.driver
        .files()
        .some((each) => /\biommu_get_domain_for_dev\s*\(/.test(this.tree.read(each) ?? '')),
      holder: own === null ? parts.holderOf(fn) : null,
      detaches: table.entries.some(({ member }) => member === 'detach_dev'),
    };
  }

  /** What frees the domains of a table. */
  private free({ entries }: OpsTable): string | null {
    const value = entries.find(({ member }) => member === 'free')?.value;
    const name = value ? nameIn(value) : null;
    return name !== null && this.driver.definition(name) ? name : null;
  }

  private instance(type: string): DriverShape['instance'] {
    const member = this.parts.embeds(type, 'struct iommu_device', this.path);
    return member === null ? null : { ...this.parts.instancePart(type, this.path), member };
  }

  /** What can be tried, the driver's own way first. */
  private domainsFor(fn: InFile, table: OpsTable, sva: readonly InFile[], isNested: boolean): DomainSource[] {
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
        ? [{ kind: 'zeroed' as const, part: this.parts.domainPart(type, this.path, isNested), member }]
        : []),
    ];
  }

  /** The allocators of the driver. */
  private allocators(slot: string): InFile[] {
    return this.driver.inOps(slot);
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
    const [table] = this.driver.own('iommu_ops');
    return table && table.within.length === 0 ? `&${table.variable.name}` : null;
  }
}

function expressionOf({ variable, within }: OpsTable): string | null {
  if (variable.type.base === 'struct iommu_domain_ops') return `&${variable.name}`;
  return within.length > 0 ? `${variable.name}.${within.join('.')}` : null;
}
