/** What else of a driver a play of one of its operations may call: told from its tables. */
import {
  type Called,
  type Companions,
  type DomainSource,
  type DriverShape,
  isOfProcess,
  type OtherAttach,
} from '../sim/worlds/index.js';
import { definitionOf, type OpsTable } from '../tree/index.js';
import { bodyOf, DriverParts, type InFile } from './driver-parts.js';
import { argumentsOf, type DriverTables, nameIn } from './driver-tables.js';

/** An operation by itself. */
export type BareShape = Omit<DriverShape, 'beside'>;

/** An operation, and the table that has it. */
export interface InTable {
  readonly shape: BareShape;
  readonly table: OpsTable;
}

/** `all`: the operations of the driver, those of the same file first. */
export function companionsOf(
  tables: DriverTables,
  { shape, table }: InTable,
  all: readonly InTable[],
): Companions {
  const isFixed = shape.domains[0]?.kind === 'static';
  const isNested = shape.domainType === NESTED;
  const isPaging = shape.op === 'attach_dev' && !isFixed && !isNested;
  const paging = all.find((each) => isOfPaging(each) && each.shape.function !== shape.function);
  const pasid = all.find((each) => each.shape.op === 'set_dev_pasid' && !hasFixedDomain(each));
  const called = (slot: string): Called | null => calledAs(tables.inOps(slot)[0] ?? null);
  return {
    paging: !isPaging && paging ? otherOf(tables, paging) : null,
    pasid: isPaging && pasid ? otherOf(tables, pasid) : null,
    remove: called('remove_dev_pasid'),
    enforce: calledAs(tables.inSlot(table, 'enforce_cache_coherency')),
    release: called('release_device'),
    releaseDomain: releaseDomain(tables, all),
    probe: called('probe_device'),
    notifier: isOfProcess(shape.domainType) ? notifierOf(tables) : null,
    hasGroups: hasGroups(tables),
    dirty: tables.own('iommu_dirty_ops')[0]?.variable.name ?? null,
  };
}

const NESTED = 'IOMMU_DOMAIN_NESTED';

const hasFixedDomain = ({ shape }: InTable): boolean =>
  shape.domains.length === 0 || shape.domains[0]!.kind === 'static';

/** The attach_dev for domains that translate by themselves. */
function isOfPaging(each: InTable): boolean {
  return each.shape.op === 'attach_dev' && !hasFixedDomain(each) && each.shape.domainType !== NESTED;
}

/** An allocator that fills a table in a loop takes more steps than a run has: then a domain that is all zero will do. */
function otherOf(tables: DriverTables, { shape }: InTable): OtherAttach {
  const { function: name, takes, path, domains, domainType, ops } = shape;
  const isShort = (domain: DomainSource): boolean => {
    const made = domain.kind === 'allocated' ? definitionOf(tables.tree, domain.by, path) : null;
    return made === null || !/\bfor\s*\(/.test(bodyOf(made));
  };
  return { name, takes, path, domain: domains.find(isShort) ?? domains[0]!, domainType, ops };
}

function calledAs(found: InFile | null): Called | null {
  return found && { name: found.item.name, takes: argumentsOf(found.item), path: found.path };
}

/** By the core's functions that make a group for a device; those of one group for all make none. */
function hasGroups(tables: DriverTables): boolean {
  const isOwn = (text: string): boolean => /\b(?:pci|fsl_mc|generic)_device_group\b/.test(text);
  const named = tables
    .ops()
    .some(({ entries }) =>
      entries.some(({ member, value }) => member === 'device_group' && isOwn(nameIn(value) ?? '')),
    );
  return named || tables.inOps('device_group').some((each) => isOwn(bodyOf(each)));
}

/** The domain that the core attaches before a device goes, since Linux 6.10. */
function releaseDomain(tables: DriverTables, all: readonly InTable[]): Companions['releaseDomain'] {
  const value = tables
    .ops()
    .flatMap(({ entries }) => entries.find(({ member }) => member === 'release_domain') ?? [])[0];
  const variable = value ? nameIn(value.value) : null;
  const found = all.find(
    ({ shape: { op, domains } }) =>
      op === 'attach_dev' && domains.some((each) => each.kind === 'static' && each.name === variable),
  );
  if (!found || variable === null) return null;
  const { function: name, takes, path } = found.shape;
  return { attach: { name, takes, path }, variable };
}

/** What the driver's notifier of address spaces does when a process ends. */
function notifierOf(tables: DriverTables): Companions['notifier'] {
  for (const table of tables.own('mmu_notifier_ops')) {
    const release = tables.inSlot(table, 'release');
    if (!release) continue;
    const [, type = '', member = ''] =
      /container_of\s*\(\s*\w+\s*,\s*(struct\s+\w+)\s*,\s*(\w+)\s*\)/.exec(bodyOf(release)) ?? [];
    const domain = new DriverParts(tables.tree).embeds(type, 'struct iommu_domain', release.path);
    if (domain !== null) return { ...calledAs(release)!, type, member, domain };
  }
  return null;
}
