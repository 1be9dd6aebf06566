/** Which struct is the domain, a part of it, its owner, a handle, a hardware instance: from types and from who allocates and frees what. */
import { type Expression, walk } from '../syntax/index.js';
import type { FieldFact, FieldKind, StructFact, StructRole } from './facts.js';
import { ALLOCATES, CONTAINER_TYPES, FILLS, FREES, LOCK_TYPES, REFCOUNT_TYPES } from './kernel-api.table.js';
import type { Program, Spot, StructView } from './program.js';
import { Scope, type ShortType } from './scope.js';

const DOMAIN = 'struct iommu_domain';

/** The domain itself and every struct that embeds it by value. */
export function domainStructs(program: Program): ReadonlySet<string> {
  const embedding = program.allStructs().filter((view) => embeds(view, DOMAIN));
  return new Set([DOMAIN, ...embedding.map((view) => view.name)]);
}

function embeds(view: StructView, struct: string): boolean {
  return view.fields.some(
    ({ item }) => item.type.base === struct && item.type.pointers === 0 && !item.type.parameters,
  );
}

/** What a member is for, by its type; `name` decides only for plain integers. */
export function fieldKind(type: ShortType, name: string): FieldKind {
  if (type.pointers === 0) {
    if (REFCOUNT_TYPES.has(type.base)) return 'refcount';
    if (
      /^atomic(?:64|_long)?_t$/.test(type.base) &&
      /(?:^|_)(?:ref|refs|refcnt|refcount|users|usecount)$/.test(name)
    )
      return 'refcount';
    if (
      type.base === 'ioasid_t' ||
      (/^(?:u32|int|unsigned int|unsigned|u16)$/.test(type.base) && /(?:^|_)pasid$/.test(name))
    )
      return 'pasid';
    if (LOCK_TYPES.has(type.base)) return 'lock';
    if (CONTAINER_TYPES.has(type.base)) return 'container';
  }
  if (type.pointers === 1) {
    if (type.base === 'struct mm_struct') return 'mm';
    if (type.base === DOMAIN) return 'domain';
    if (type.base === 'struct device') return 'device';
  }
  return 'other';
}

/** Where a domain points to another struct, and what says that the two live and die together. */
interface Tie {
  readonly link: Spot;
  readonly why: string;
}

/** The roles of all structs at hand. */
export function structFacts(program: Program): StructFact[] {
  const domains = domainStructs(program);
  const evidence = new TieFinder(program, domains);
  return program.allStructs().map((view) => {
    const fields = view.fields.map(
      ({ unit, item }): FieldFact => ({
        name: item.name,
        type: item.type,
        kind: item.type.parameters ? 'other' : fieldKind(item.type, item.name),
        spot: { unit, span: { start: item.start, end: item.end } },
        nameSpot: { unit, span: item.nameSpan },
      }),
    );
    const tie = evidence.ties.get(view.name);
    const definition = view.definitions.find(({ item }) => item.missing.length === 0) ?? null;
    const spot = definition ? { unit: definition.unit, span: definition.item.nameSpan } : null;
    const { role, why } = roleOf(view, fields, domains, evidence, tie);
    return {
      name: view.name,
      role,
      why,
      spot,
      fields,
      link: role === 'domain-part' ? (tie?.link ?? null) : null,
    };
  });
}

function roleOf(
  view: StructView,
  fields: readonly FieldFact[],
  domains: ReadonlySet<string>,
  evidence: TieFinder,
  tie: Tie | undefined,
): { role: StructRole; why: string } {
  if (view.name === DOMAIN) return { role: 'domain', why: "it is the kernel's I/O page table object" };
  if (domains.has(view.name)) return { role: 'domain', why: 'it embeds struct iommu_domain' };
  if (embeds(view, 'struct iommu_device'))
    return { role: 'hardware-instance', why: 'it embeds struct iommu_device' };
  if (/^struct iommu_(?:domain_|dirty_)?ops$/.test(view.name))
    return { role: 'ops', why: 'it is a table of driver operations' };
  const holds = evidence.containersOfDomains.get(view.name);
  if (holds) return { role: 'owner', why: holds };
  if (tie) return { role: 'domain-part', why: tie.why };
  const has = (kind: FieldKind): boolean => fields.some((field) => field.kind === kind);
  if (
    (has('domain') && has('device')) ||
    embeds(view, 'struct iommu_attach_handle') ||
    view.name === 'struct iommu_sva'
  ) {
    return { role: 'handle', why: 'it joins a device to a domain' };
  }
  return { role: 'other', why: '' };
}

class TieFinder {
  readonly ties = new Map<string, Tie>();
  readonly containersOfDomains = new Map<string, string>();

  constructor(
    private readonly program: Program,
    private readonly domains: ReadonlySet<string>,
  ) {
    for (const view of program.allStructs()) this.containerFields(view);
    for (const fn of program.allFunctions()) {
      const text = fn.unit.image.text.slice(fn.item.bodySpan!.start, fn.item.bodySpan!.end);
      // Most functions do none of this; reading their bodies can be saved.
      if (/\b(?:k\w*free\w*|k\w*alloc\w*|list_add\w*|xa_\w+|idr_\w+)\s*\(/.test(text))
        this.read(new Scope(program, fn));
    }
  }

  private containerFields(view: StructView): void {
    for (const { item } of view.fields) {
      if (item.type.pointers > 0 || !CONTAINER_TYPES.has(item.type.base) || !/domain/.test(item.name))
        continue;
      this.containersOfDomains.set(view.name, `its ${item.name} holds the domains that belong to it`);
    }
  }

  private read(scope: Scope): void {
    const fresh = new Map<string, 'memory' | 'call'>();
    walk(scope.body, (node) => {
      if (node.kind === 'declaration') {
        for (const each of node.declarators) if (each.initial) noteFresh(fresh, each.name, each.initial);
      } else if (node.kind === 'assign' && node.operator === '=') {
        if (node.target.kind === 'name') noteFresh(fresh, node.target.name, node.value);
        else if (node.target.kind === 'member') this.assigned(scope, fresh, node.target, node.value);
      } else if (node.kind === 'call' && node.callee.kind === 'name')
        this.called(scope, node.callee.name, node.args);
    });
  }

  /** `domain->part = part`, both made in this function. */
  private assigned(
    scope: Scope,
    fresh: ReadonlyMap<string, string>,
    target: Extract<Expression, { kind: 'member' }>,
    value: Expression,
  ): void {
    if (target.object.kind !== 'name' || !this.domains.has(scope.typeOf(target.object).base)) return;
    const part = partType(scope.typeOf(target)) ?? partType(scope.typeOf(value));
    if (!part || this.domains.has(part) || value.kind !== 'name') return;
    if (fresh.get(value.name) !== 'memory' || !fresh.has(target.object.name)) return;
    const link = { unit: scope.fn.unit, span: { start: target.start, end: value.end } };
    this.tie(part, link, `${scope.fn.item.name}() allocates it together with the domain that points to it`);
  }

  private called(scope: Scope, name: string, args: readonly Expression[]): void {
    const [first] = args;
    if (FREES.has(name) && first?.kind === 'member' && this.domains.has(scope.typeOf(first.object).base)) {
      const part = partType(scope.typeOf(first));
      const link = { unit: scope.fn.unit, span: { start: first.start, end: first.end } };
      if (part && !this.domains.has(part))
        this.tie(part, link, `${scope.fn.item.name}() frees it with the domain`);
      return;
    }
    const fill = FILLS.get(name);
    const container = fill && args[fill.container];
    const value = fill && args[fill.value];
    if (!container || !value || container.kind !== 'unary' || container.operand.kind !== 'member') return;
    const inner = value.kind === 'unary' && value.operand.kind === 'member' ? value.operand.object : value;
    if (!this.domains.has(scope.typeOf(inner).base)) return;
    const holder = scope.typeOf(container.operand.object).base;
    if (holder.startsWith('struct ')) {
      this.containersOfDomains.set(
        holder,
        `its ${container.operand.name} holds the domains that belong to it`,
      );
    }
  }

  private tie(part: string, link: Spot, why: string): void {
    if (!this.ties.has(part)) this.ties.set(part, { link: this.linkInStruct(part) ?? link, why });
  }

  /** The member of a domain that points to `part`, which says it better than an assignment does. */
  private linkInStruct(part: string): Spot | null {
    for (const domain of this.domains) {
      const field = this.program
        .structNamed(domain)
        ?.fields.find(({ item }) => item.type.base === part && item.type.pointers === 1);
      if (field) return { unit: field.unit, span: { start: field.item.start, end: field.item.end } };
    }
    return null;
  }
}

function partType(type: ShortType): string | null {
  return type.pointers === 1 && type.base.startsWith('struct ') ? type.base : null;
}

function noteFresh(fresh: Map<string, 'memory' | 'call'>, name: string, value: Expression): void {
  if (value.kind !== 'call') return;
  const isMemory = value.callee.kind === 'name' && ALLOCATES.has(value.callee.name);
  if (!fresh.has(name) || isMemory) fresh.set(name, isMemory ? 'memory' : 'call');
}
