/**
 * What says that an object is a part of a domain (made for it and freed with
 * it) or, the other way round, that it holds the domains which belong to it.
 */
import { calledName, type Expression } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import { ALLOCATES, CONTAINER_TYPES, FILLS, FREES } from './kernel-api.table.js';
import type { KnownFunction, Program, Spot, StructView } from './program.js';
import { pointsTo, type ShortType } from './scope.js';
import { leavesOf, type Store } from './values.js';
import type { BodyWords } from './words.js';

/** Where a domain points to another struct, and what says that the two live and die together. */
interface Tie {
  readonly link: Spot;
  readonly why: string;
}

/** Most functions do none of this; reading their bodies can be saved. */
const WORTH_READING =
  /\b\w*(?:free|alloc|list_add|hash_add|memdup)\w*\s*\(|\bxa_\w+\s*\(|\bidr_\w+\s*\(|\]\s*=[^=]/;

/** What one place in the code says of a struct. */
type Saying =
  | { readonly kind: 'tie'; readonly view: StructView; readonly tie: Tie }
  | { readonly kind: 'holds'; readonly view: StructView; readonly why: string }
  | { readonly kind: 'shared' | 'freed'; readonly view: StructView };

/** All that is said of one struct. */
interface Said {
  readonly tie: Tie | null;
  readonly holding: string | null;
  readonly isFreed: boolean;
}

/** Asked of one struct after another, and reads no function that cannot speak of it. */
export class Ties {
  private readonly said = new Map<StructView, Said>();
  private readonly sayings = new Map<KnownFunction, readonly Saying[]>();
  private readonly fresh = new Map<KnownFunction, boolean>();
  private readonly ofFields = new Map<StructView, Saying[]>();
  private readonly program: Program;
  private speakers: readonly KnownFunction[] | null = null;

  constructor(private readonly bodies: Bodies) {
    this.program = bodies.program;
    for (const view of this.program.allStructs()) {
      for (const saying of this.fieldsSay(view)) {
        const list = this.ofFields.get(saying.view) ?? [];
        this.ofFields.set(saying.view, [...list, saying]);
      }
    }
  }

  /** Null also for what several domains share, what an mm points to, and what points back to domains of its own. */
  tieOf(view: StructView): Tie | null {
    return this.about(view).tie;
  }

  /** Why a struct is the owner of domains, if it is. */
  holdingOf(view: StructView): string | null {
    return this.about(view).holding;
  }

  /** Whether something frees objects of this struct. */
  isFreed(view: StructView): boolean {
    return this.about(view).isFreed;
  }

  private about(view: StructView): Said {
    let said = this.said.get(view);
    if (!said) {
      said = summed(this.sayingsOf(view));
      this.said.set(view, said);
    }
    return said;
  }

  private sayingsOf(view: StructView): Saying[] {
    this.speakers ??= this.program.allFunctions().filter((fn) => this.maySpeak(fn));
    const said = this.speakers
      .flatMap((fn) => (this.bodies.carriers.mayStandIn(fn, view.name) ? this.sayingsIn(fn) : []))
      .filter((saying) => saying.view === view);
    return [...(this.ofFields.get(view) ?? []), ...said];
  }

  private sayingsIn(fn: KnownFunction): readonly Saying[] {
    let sayings = this.sayings.get(fn);
    if (!sayings) {
      sayings = [...this.read(this.bodies.of(fn))];
      this.sayings.set(fn, sayings);
    }
    return sayings;
  }

  /** Whether a function can say anything of a struct; kept by its words, which are as old as its text. */
  private maySpeak(fn: KnownFunction): boolean {
    const answers = this.program.surroundings.known(whoMaySpeak, this.program);
    let answer = answers.get(fn.words);
    if (answer === undefined) {
      answer = this.isWorthReading(fn);
      answers.set(fn.words, answer);
    }
    return answer;
  }

  private isWorthReading(fn: KnownFunction): boolean {
    const { carriers, domains } = this.bodies;
    const isAbout = [...domains, 'struct mm_struct'].some((struct) => carriers.mayStandIn(fn, struct));
    if (!isAbout && !fn.words.meet(FREES)) return false;
    const { start, end } = fn.item;
    const named = new RegExp(`\\b(?:${[...domains].join('|')})\\b`);
    return named.test(fn.unit.image.text.slice(start, end)) || WORTH_READING.test(fn.bodyText);
  }

  private *fieldsSay(view: StructView): Generator<Saying> {
    for (const { unit, item } of view.fields) {
      const { base, pointers, isArray } = item.type;
      const isNamed =
        pointers === 0 &&
        CONTAINER_TYPES.has(base) &&
        /(?:^|_)(?:domains|domain_list|\w*_domains)$/.test(item.name);
      const isTable = this.bodies.domains.has(base) && (pointers === 2 || (pointers === 1 && isArray));
      if (isNamed || isTable) yield holding(view, item.name);
      // What an mm points to is an object of the address space, whatever else points to it.
      if (view.name !== 'struct mm_struct' || pointers !== 1) continue;
      const object = this.program.structNamed(base, unit);
      if (object) yield { kind: 'shared', view: object };
    }
  }

  private *read(body: Body): Generator<Saying> {
    for (const store of body.stores) yield* this.stored(body, store);
    for (const node of body.reading.nodes) {
      if (node.kind !== 'call' || node.callee.kind !== 'name') continue;
      if (FREES.has(node.callee.name)) yield* this.releases(body, node.args[0]);
      else yield* this.fills(body, node.callee.name, node.args);
    }
  }

  private view(type: ShortType, body: Body): StructView | null {
    return type.pointers === 1 && type.base.startsWith('struct ') && !this.bodies.domains.has(type.base)
      ? this.program.structNamed(type.base, body.fn.unit)
      : null;
  }

  /** `domain->part = part`, with a part that is made here. */
  private *stored(body: Body, { target, value, node }: Store): Generator<Saying> {
    if (target.kind === 'index') yield* this.indexed(body, target, value);
    if (target.kind !== 'member') return;
    const holder = body.scope.typeOf(target.object);
    const part = this.view(body.scope.typeOf(target), body) ?? this.view(body.scope.typeOf(value), body);
    if (!part) return;
    if (pointsTo(holder, 'struct mm_struct')) yield { kind: 'shared', view: part };
    if (!this.bodies.domains.has(holder.base)) return;
    if (this.isFresh(body, value)) {
      const why = `${body.fn.item.name}() makes it for the domain that points to it`;
      yield this.tie(part, body, target, node, why);
    } else if (leavesOf(value).some((leaf) => leaf.kind === 'member')) yield { kind: 'shared', view: part };
  }

  /** `owner->table[i] = domain` */
  private *indexed(
    body: Body,
    target: Extract<Expression, { kind: 'index' }>,
    value: Expression,
  ): Generator<Saying> {
    const { object } = target;
    if (object.kind === 'member' && this.isDomain(body, value)) yield* this.hold(body, object);
  }

  private *hold(body: Body, member: Extract<Expression, { kind: 'member' }>): Generator<Saying> {
    const { base } = body.scope.typeOf(member.object);
    const holder = this.program.structNamed(base, body.fn.unit);
    if (holder) yield holding(holder, member.name);
  }

  private isDomain(body: Body, value: Expression): boolean {
    return [value, ...leavesOf(value)].some((leaf) => {
      const { base, pointers } = body.scope.typeOf(leaf);
      return pointers === 1 && this.bodies.domains.has(base);
    });
  }

  /** `kfree(domain->part)`, by itself or by way of a variable. */
  private *releases(body: Body, freed: Expression | undefined): Generator<Saying> {
    if (!freed) return;
    const part = this.view(body.scope.typeOf(freed), body);
    if (!part) return;
    yield { kind: 'freed', view: part };
    const member = leavesOf(freed)
      .flatMap((leaf) => (leaf.kind === 'name' ? membersOf(body, leaf.name) : [leaf]))
      .find((leaf) => leaf.kind === 'member' && this.bodies.domains.has(body.scope.typeOf(leaf.object).base));
    if (member) yield this.tie(part, body, member, member, `${body.fn.item.name}() frees it with the domain`);
  }

  private *fills(body: Body, name: string, args: readonly Expression[]): Generator<Saying> {
    const row = FILLS.get(name);
    const container = row && args[row.container];
    const value = row && args[row.value];
    if (!container || !value || container.kind !== 'unary' || container.operand.kind !== 'member') return;
    const inner = value.kind === 'unary' && value.operand.kind === 'member' ? value.operand.object : value;
    if (this.bodies.domains.has(body.scope.typeOf(inner).base)) yield* this.hold(body, container.operand);
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
    const fn = this.bodies.calledFunction(name, from);
    if (fn?.item.returns.pointers !== 1) return false;
    const known = this.fresh.get(fn);
    if (known !== undefined) return known;
    this.fresh.set(fn, false);
    const callee = this.bodies.of(fn);
    const answer = callee.flow.returns.some(({ value }) => this.isFresh(callee, value));
    this.fresh.set(fn, answer);
    return answer;
  }

  private tie(part: StructView, body: Body, member: Expression, at: Expression, why: string): Saying {
    const struct = member.kind === 'member' ? body.scope.typeOf(member.object).base : '';
    const field = this.program
      .structNamed(struct, body.fn.unit)
      ?.fields.find(({ item }) => item.type.base === part.name && item.type.pointers === 1);
    // The member that points to the part says it better than an assignment does.
    const link = field
      ? { unit: field.unit, span: { start: field.item.start, end: field.item.end } }
      : body.spot(at);
    return { kind: 'tie', view: part, tie: { link, why } };
  }
}

function whoMaySpeak(): WeakMap<BodyWords, boolean> {
  return new WeakMap();
}

function holding(view: StructView, member: string): Saying {
  return { kind: 'holds', view, why: `its ${member} holds the domains that belong to it` };
}

/** The first tie counts, unless the part is shared, and the last word on what a struct holds. */
function summed(sayings: readonly Saying[]): Said {
  const tie = sayings.find((each) => each.kind === 'tie');
  const isShared = sayings.some(({ kind }) => kind === 'shared');
  return {
    tie: tie && !isShared ? tie.tie : null,
    holding: sayings.findLast((each) => each.kind === 'holds')?.why ?? null,
    isFreed: sayings.some(({ kind }) => kind === 'freed'),
  };
}

/** The members that a variable is assigned from. */
function membersOf(body: Body, name: string): Expression[] {
  return body.flow.steps.flatMap(({ node }) =>
    node.kind === 'member' && body.values.resultOf(node) === name ? [node] : [],
  );
}
