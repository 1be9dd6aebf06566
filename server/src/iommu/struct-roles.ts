/** Which struct is the domain, a part of it, its owner, a handle, a hardware instance: from types, and from who allocates and frees what. */
import type { Field } from '../syntax/index.js';
import type { Bodies } from './body.js';
import { DOMAIN, embeds } from './domains.js';
import type { FieldFact, FieldKind, LastPut, StructFact, StructRole } from './facts.js';
import { fieldKind } from './field-kinds.js';
import { FieldUses } from './field-uses.js';
import { LastPuts } from './last-puts.js';
import type { Located, Spot, StructView } from './program.js';
import { isTakenOut } from './references.js';
import { parametersOf } from './signatures.js';
import { Ties } from './ties.js';

/** The facts of all structs at hand. */
export function structFacts(bodies: Bodies): StructFact[] {
  const asked = {
    bodies,
    ties: new Ties(bodies),
    lastPuts: new LastPuts(bodies),
    uses: new FieldUses(bodies),
  };
  return bodies.program.allStructs().map((view) => new StructFacts(view, asked));
}

interface Asked {
  readonly bodies: Bodies;
  readonly ties: Ties;
  readonly lastPuts: LastPuts;
  readonly uses: FieldUses;
}

/** What a struct is, told when somebody asks: it takes the bodies of those who make and free it. */
class StructFacts implements StructFact {
  private knownFields: readonly FieldFact[] | null = null;
  private knownRole: Pick<StructFact, 'role' | 'why'> | null = null;

  constructor(
    private readonly view: StructView,
    private readonly asked: Asked,
  ) {}

  get name(): string {
    return this.view.name;
  }

  get spot(): Spot | null {
    const definition = this.view.definitions.find(({ item }) => item.missing.length === 0);
    return definition ? { unit: definition.unit, span: definition.item.nameSpan } : null;
  }

  get fields(): readonly FieldFact[] {
    this.knownFields ??= this.view.fields.map((field) => new StructField(this.view, field, this.asked));
    return this.knownFields;
  }

  private get roleAndWhy(): Pick<StructFact, 'role' | 'why'> {
    this.knownRole ??= roleOf(this.view, this.fields, this.asked.bodies, this.asked.ties);
    return this.knownRole;
  }

  get role(): StructRole {
    return this.roleAndWhy.role;
  }

  get why(): string {
    return this.roleAndWhy.why;
  }

  get link(): Spot | null {
    return this.role === 'domain-part' ? (this.asked.ties.tieOf(this.view)?.link ?? null) : null;
  }

  get hasLifetime(): boolean {
    return (
      this.fields.some(({ kind }) => kind !== 'other') ||
      this.role !== 'other' ||
      this.asked.ties.isFreed(this.view)
    );
  }
}

class StructField implements FieldFact {
  readonly kind: FieldKind;

  constructor(
    private readonly view: StructView,
    private readonly field: Located<Field>,
    private readonly asked: Asked,
  ) {
    const { type, name } = field.item;
    this.kind = type.parameters ? 'other' : fieldKind(type, name);
  }

  get name(): string {
    return this.field.item.name;
  }

  get type(): FieldFact['type'] {
    return this.field.item.type;
  }

  get parameters(): FieldFact['parameters'] {
    const { unit, item } = this.field;
    const { parameters } = item.type;
    return parameters && parametersOf(unit, parameters, () => true);
  }

  get isInUnion(): boolean {
    return this.field.item.within.includes('union');
  }

  get isArray(): boolean {
    return this.field.item.type.isArray;
  }

  get isBits(): boolean {
    return this.field.item.bits !== null;
  }

  get wasThere(): boolean {
    return isTakenOut(this.field.unit.image, this.name);
  }

  get spot(): Spot {
    const { unit, item } = this.field;
    return { unit, span: { start: item.start, end: item.end } };
  }

  get nameSpot(): Spot {
    return { unit: this.field.unit, span: this.field.item.nameSpan };
  }

  get lastPut(): LastPut {
    return this.kind === 'refcount' ? this.asked.lastPuts.of(this.view.name, this.name) : 'unknown';
  }

  get uses(): FieldFact['uses'] {
    return this.asked.uses.of(this.view.name, this.name);
  }
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
