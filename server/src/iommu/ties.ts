/**
 * What says that an object is a part of a domain (made for it and freed with
 * it) or, the other way round, that it holds the domains which belong to it.
 */
import { calledName, type Expression, walk } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import { ALLOCATES, CONTAINER_TYPES, FILLS, FREES } from './kernel-api.table.js';
import { bodyText, type Located, type Program, type Spot, type StructView } from './program.js';
import { pointsTo, type ShortType } from './scope.js';
import { leavesOf, type Store } from './values.js';

/** Where a domain points to another struct, and what says that the two live and die together. */
export interface Tie {
  readonly link: Spot;
  readonly why: string;
}

/** Most functions do none of this; reading their bodies can be saved. */
const WORTH_READING =
  /\b\w*(?:free|alloc|list_add|hash_add|memdup)\w*\s*\(|\bxa_\w+\s*\(|\bidr_\w+\s*\(|\]\s*=[^=]/;

export class Ties {
  private readonly ties = new Map<StructView, Tie>();
  private readonly held = new Map<StructView, string>();
  private readonly shared = new Set<StructView>();
  private readonly freed = new Set<StructView>();
  private readonly fresh = new Map<Located<unknown>['item'], boolean>();
  private readonly program: Program;

  constructor(private readonly bodies: Bodies) {
    this.program = bodies.program;
    for (const view of this.program.allStructs()) this.readFields(view);
    const named = new RegExp(`\\b(?:${[...bodies.domains].join('|')})\\b`);
    for (const fn of this.program.allFunctions()) {
      const isAboutDomains = named.test(fn.unit.image.text.slice(fn.item.start, fn.item.end));
      if (isAboutDomains || WORTH_READING.test(bodyText(fn))) this.read(bodies.of(fn));
    }
  }

  /** Null also for what several domains share, what an mm points to, and what points back to domains of its own. */
  tieOf(view: StructView): Tie | null {
    return this.shared.has(view) ? null : (this.ties.get(view) ?? null);
  }

  /** Why a struct is the owner of domains, if it is. */
  holdingOf(view: StructView): string | null {
    return this.held.get(view) ?? null;
  }

  /** Whether something frees objects of this struct. */
  isFreed(view: StructView): boolean {
    return this.freed.has(view);
  }

  private readFields(view: StructView): void {
    for (const { unit, item } of view.fields) {
      const { base, pointers, isArray } = item.type;
      const isNamed =
        pointers === 0 &&
        CONTAINER_TYPES.has(base) &&
        /(?:^|_)(?:domains|domain_list|\w*_domains)$/.test(item.name);
      const isTable = this.bodies.domains.has(base) && (pointers === 2 || (pointers === 1 && isArray));
      if (isNamed || isTable) this.held.set(view, `its ${item.name} holds the domains that belong to it`);
      // What an mm points to is an object of the address space, whatever else points to it.
      if (view.name !== 'struct mm_struct' || pointers !== 1) continue;
      const object = this.program.structNamed(base, unit);
      if (object) this.shared.add(object);
    }
  }

  private read(body: Body): void {
    for (const store of body.stores) this.stored(body, store);
    walk(body.scope.body, (node) => {
      if (node.kind !== 'call' || node.callee.kind !== 'name') return;
      if (FREES.has(node.callee.name)) this.releases(body, node.args[0]);
      else this.fills(body, node.callee.name, node.args);
    });
  }

  private view(type: ShortType, body: Body): StructView | null {
    return type.pointers === 1 && type.base.startsWith('struct ') && !this.bodies.domains.has(type.base)
      ? this.program.structNamed(type.base, body.fn.unit)
      : null;
  }

  /** `domain->part = part`, with a part that is made here. */
  private stored(body: Body, { target, value, node }: Store): void {
    if (target.kind === 'index') this.indexed(body, target, value);
    if (target.kind !== 'member') return;
    const holder = body.scope.typeOf(target.object);
    const part = this.view(body.scope.typeOf(target), body) ?? this.view(body.scope.typeOf(value), body);
    if (!part) return;
    if (pointsTo(holder, 'struct mm_struct')) this.shared.add(part);
    if (!this.bodies.domains.has(holder.base)) return;
    if (this.isFresh(body, value)) {
      const why = `${body.fn.item.name}() makes it for the domain that points to it`;
      this.tie(part, body, target, node, why);
    } else if (leavesOf(value).some((leaf) => leaf.kind === 'member')) this.shared.add(part);
  }

  /** `owner->table[i] = domain` */
  private indexed(body: Body, target: Extract<Expression, { kind: 'index' }>, value: Expression): void {
    const { object } = target;
    if (object.kind !== 'member' || !this.isDomain(body, value)) return;
    this.hold(body, object);
  }

  private hold(body: Body, member: Extract<Expression, { kind: 'member' }>): void {
    const { base } = body.scope.typeOf(member.object);
    const holder = this.program.structNamed(base, body.fn.unit);
    if (holder) this.held.set(holder, `its ${member.name} holds the domains that belong to it`);
  }

  private isDomain(body: Body, value: Expression): boolean {
    return [value, ...leavesOf(value)].some((leaf) => {
      const { base, pointers } = body.scope.typeOf(leaf);
      return pointers === 1 && this.bodies.domains.has(base);
    });
  }

  /** `kfree(domain->part)`, by itself or by way of a variable. */
  private releases(body: Body, freed: Expression | undefined): void {
    if (!freed) return;
    const part = this.view(body.scope.typeOf(freed), body);
    if (!part) return;
    this.freed.add(part);
    const member = leavesOf(freed)
      .flatMap((leaf) => (leaf.kind === 'name' ? membersOf(body, leaf.name) : [leaf]))
      .find((leaf) => leaf.kind === 'member' && this.bodies.domains.has(body.scope.typeOf(leaf.object).base));
    if (!member) return;
    this.tie(part, body, member, member, `${body.fn.item.name}() frees it with the domain`);
  }

  private fills(body: Body, name: string, args: readonly Expression[]): void {
    const row = FILLS.get(name);
    const container = row && args[row.container];
    const value = row && args[row.value];
    if (!container || !value || container.kind !== 'unary' || container.operand.kind !== 'member') return;
    const inner = value.kind === 'unary' && value.operand.kind === 'member' ? value.operand.object : value;
    if (this.bodies.domains.has(body.scope.typeOf(inner).base)) this.hold(body, container.operand);
  }

  /** Whether a value is memory that was allocated here, or by a function that returns what it allocates. */
  private isFresh(body: Body, value: Expression): boolean {
    return leavesOf(value).some((leaf) => {
      const name = calledName(leaf);
      if (name !== null) return ALLOCATES.has(name) || this.returnsFresh(body, name);
      if (leaf.kind !== 'name') return false;
      return body.flow.steps.some(({ node }) => {
        const called = calledName(node);
        if (called === null || body.values.resultOf(node) !== leaf.name) return false;
        return ALLOCATES.has(called) || this.returnsFresh(body, called);
      });
    });
  }

  private returnsFresh(from: Body, name: string): boolean {
    const callee = this.bodies.called(name, from);
    if (callee?.fn.item.returns.pointers !== 1) return false;
    const known = this.fresh.get(callee.fn.item);
    if (known !== undefined) return known;
    this.fresh.set(callee.fn.item, false);
    const answer = callee.flow.returns.some(({ value }) => this.isFresh(callee, value));
    this.fresh.set(callee.fn.item, answer);
    return answer;
  }

  private tie(part: StructView, body: Body, member: Expression, at: Expression, why: string): void {
    if (this.ties.has(part)) return;
    const struct = member.kind === 'member' ? body.scope.typeOf(member.object).base : '';
    const field = this.program
      .structNamed(struct, body.fn.unit)
      ?.fields.find(({ item }) => item.type.base === part.name && item.type.pointers === 1);
    // The member that points to the part says it better than an assignment does.
    const link = field
      ? { unit: field.unit, span: { start: field.item.start, end: field.item.end } }
      : body.spot(at);
    this.ties.set(part, { link, why });
  }
}

/** The members that a variable is assigned from. */
function membersOf(body: Body, name: string): Expression[] {
  return body.flow.steps.flatMap(({ node }) =>
    node.kind === 'member' && body.values.resultOf(node) === name ? [node] : [],
  );
}
