/** Which struct is the domain, a part of it, its owner, a handle, a hardware instance: from types, and from who allocates and frees what. */
import type { Bodies } from './body.js';
import type { FieldFact, FieldKind, StructFact, StructRole } from './facts.js';
import { fieldKind } from './field-kinds.js';
import { LastPuts } from './last-puts.js';
import type { Program, StructView } from './program.js';
import { Ties } from './ties.js';

const DOMAIN = 'struct iommu_domain';

/** The domain itself and every struct that embeds it by value, at whatever depth. */
export function domainStructs(program: Program): ReadonlySet<string> {
  const domains = new Set([DOMAIN]);
  const views = program.allStructs();
  for (let grew = true; grew; ) {
    grew = false;
    for (const view of views) {
      if (domains.has(view.name) || ![...domains].some((domain) => embeds(view, domain))) continue;
      domains.add(view.name);
      grew = true;
    }
  }
  return domains;
}

function embeds(view: StructView, struct: string): boolean {
  return view.fields.some(
    ({ item }) => item.type.base === struct && item.type.pointers === 0 && !item.type.parameters,
  );
}

/** The roles of all structs at hand. */
export function structFacts(bodies: Bodies): StructFact[] {
  const { program } = bodies;
  const ties = new Ties(bodies);
  const lastPuts = new LastPuts(bodies);
  return program.allStructs().map((view) => {
    const fields = fieldsOf(view, lastPuts);
    const { role, why } = roleOf(view, fields, bodies, ties);
    const definition = view.definitions.find(({ item }) => item.missing.length === 0) ?? null;
    const tie = ties.tieOf(view);
    return {
      name: view.name,
      role,
      why,
      spot: definition ? { unit: definition.unit, span: definition.item.nameSpan } : null,
      fields,
      link: role === 'domain-part' ? (tie?.link ?? null) : null,
      hasLifetime: role !== 'other' || ties.isFreed(view) || fields.some(({ kind }) => kind !== 'other'),
    };
  });
}

function fieldsOf(view: StructView, lastPuts: LastPuts): FieldFact[] {
  return view.fields.map(({ unit, item }): FieldFact => {
    const kind = item.type.parameters ? 'other' : fieldKind(item.type, item.name);
    return {
      name: item.name,
      type: item.type,
      kind,
      spot: { unit, span: { start: item.start, end: item.end } },
      nameSpot: { unit, span: item.nameSpan },
      lastPut: kind === 'refcount' ? lastPuts.of(view.name, item.name) : 'unknown',
    };
  });
}

function roleOf(
  view: StructView,
  fields: readonly FieldFact[],
  { domains }: Bodies,
  ties: Ties,
): { role: StructRole; why: string } {
  if (view.name === DOMAIN) return { role: 'domain', why: "it is the kernel's I/O page table object" };
  if (domains.has(view.name)) return { role: 'domain', why: 'it embeds struct iommu_domain' };
  if (embeds(view, 'struct iommu_device'))
    return { role: 'hardware-instance', why: 'it embeds struct iommu_device' };
  if (/^struct iommu_(?:domain_|dirty_)?ops$/.test(view.name))
    return { role: 'ops', why: 'it is a table of driver operations' };
  const pointsTo = (kind: FieldKind): boolean => fields.some((field) => field.kind === kind);
  const pointsToDomain = fields.some(
    ({ type }) => type.pointers === 1 && domains.has(type.base) && !('isArray' in type && type.isArray),
  );
  if (
    (pointsToDomain && pointsTo('device')) ||
    embeds(view, 'struct iommu_attach_handle') ||
    view.name === 'struct iommu_sva'
  ) {
    return { role: 'handle', why: 'it joins a device to a domain' };
  }
  const holds = ties.holdingOf(view);
  if (holds) return { role: 'owner', why: holds };
  // Its own last put frees it alone: several domains share it, and each holds a reference.
  const isShared = fields.some(({ lastPut }) => lastPut === 'the counted object');
  const tie = isShared ? null : ties.tieOf(view);
  return tie ? { role: 'domain-part', why: tie.why } : { role: 'other', why: '' };
}
