/**
 * What one function does that design rules ask about: see facts.ts for the
 * shapes. Each fact is worked out when somebody asks for it, and a body is
 * read only when the words of the function allow that there is one.
 */
import { calledName } from '../syntax/index.js';
import { type Bodies, type Body, devicesAmong } from './body.js';
import { busOpsIn } from './bus-ops.js';
import type { ConditionalGets } from './conditional-gets.js';
import { fillsOf, removalsOf } from './containers.js';
import type { CallFact, FunctionFact } from './facts.js';
import { functionRole } from './function-roles.js';
import type { KeptMms } from './kept-mm.js';
import { ACQUIRES, FILLS, REMOVES } from './kernel-api.table.js';
import type { SlotRow } from './kernel-ops.table.js';
import type { Lookups } from './lookups.js';
import { odditiesOf } from './oddities/all-oddities.js';
import { keptPasids } from './pasids.js';
import type { KnownFunction, Spot } from './program.js';
import type { References } from './references.js';
import { reusesIn } from './reuse.js';

/** Those who read functions, each for one kind of fact. */
export interface Readers {
  readonly bodies: Bodies;
  readonly lookups: Lookups;
  readonly gets: ConditionalGets;
  readonly keptMms: KeptMms;
  /** Functions that a driver's `probe` slot names, by path and name. */
  readonly probes: ReadonlySet<string>;
  /** Functions of ops tables, by path and name. */
  readonly slots: ReadonlyMap<string, SlotRow>;
  readonly references: References;
}

const FILLING = new Set(FILLS.keys());
const REMOVING = new Set(REMOVES.keys());

type Lazy = { -readonly [Fact in keyof FunctionFact]?: FunctionFact[Fact] };

export class FunctionFacts implements FunctionFact {
  private readonly known: Lazy = {};
  private knownRole: Pick<FunctionFact, 'role' | 'contract'> | null = null;

  constructor(
    private readonly fn: KnownFunction,
    private readonly readers: Readers,
  ) {}

  private get body(): Body {
    return this.readers.bodies.of(this.fn);
  }

  private spotOf(start: number, end: number): Spot {
    return { unit: this.fn.unit, span: { start, end } };
  }

  get name(): string {
    return this.fn.item.name;
  }

  get nameSpot(): Spot {
    return { unit: this.fn.unit, span: this.fn.item.nameSpan };
  }

  get headSpot(): Spot {
    const { start, end, bodySpan } = this.fn.item;
    const head = this.fn.unit.image.text.slice(start, bodySpan?.start ?? end).trimEnd();
    return this.spotOf(start, start + head.length);
  }

  get spot(): Spot {
    return this.spotOf(this.fn.item.start, this.fn.item.end);
  }

  get isStatic(): boolean {
    return this.fn.item.isStatic;
  }

  get isInline(): boolean {
    const { isInline, attributes } = this.fn.item;
    return isInline || attributes.some(({ name }) => name === '__always_inline');
  }

  get unusedMark(): Spot | null {
    const mark = this.fn.item.attributes.find(({ name }) => /^__(?:maybe|always)_unused$/.test(name));
    return mark ? this.spotOf(mark.start, mark.end) : null;
  }

  get isReferenced(): boolean {
    this.known.isReferenced ??= !this.isStatic || this.readers.references.has(this.fn);
    return this.known.isReferenced;
  }

  get isCallback(): boolean {
    return this.contract === '' && this.readers.references.hasAddressTaken(this.fn);
  }

  get runsAlone(): boolean {
    const { unit, item } = this.fn;
    return (
      item.attributes.some(({ name }) => /^__(?:\w+_)?init(?:_\w+)?$/.test(name)) ||
      this.readers.probes.has(`${unit.image.path}:${item.name}`)
    );
  }

  private get roleAndContract(): Pick<FunctionFact, 'role' | 'contract'> {
    this.knownRole ??= functionRole(this.fn, this, this.readers);
    return this.knownRole;
  }

  get role(): string | null {
    return this.roleAndContract.role;
  }

  get contract(): string {
    return this.roleAndContract.contract;
  }

  get calls(): FunctionFact['calls'] {
    this.known.calls ??= callsIn(this.body);
    return this.known.calls;
  }

  get lookups(): FunctionFact['lookups'] {
    return this.readers.lookups.of(this.fn);
  }

  get fills(): FunctionFact['fills'] {
    this.known.fills ??= this.fn.words.meet(FILLING) ? fillsOf(this.body) : [];
    return this.known.fills;
  }

  get removals(): FunctionFact['removals'] {
    this.known.removals ??= this.fn.words.meet(REMOVING) ? removalsOf(this.body) : [];
    return this.known.removals;
  }

  get reuses(): FunctionFact['reuses'] {
    this.known.reuses ??= this.readReuses();
    return this.known.reuses;
  }

  private readReuses(): FunctionFact['reuses'] {
    const { bodies, lookups } = this.readers;
    // Whose device it would be has to be passed in.
    if (devicesAmong(this.fn).length === 0) return [];
    const found = lookups.of(this.fn);
    return found.length > 0 ? reusesIn(this.body, found, bodies) : [];
  }

  get keptMms(): FunctionFact['keptMms'] {
    this.known.keptMms ??= this.readers.keptMms.of(this.fn);
    return this.known.keptMms;
  }

  get ignoredResults(): FunctionFact['ignoredResults'] {
    this.known.ignoredResults ??= this.readers.gets.ignoredIn(this.fn);
    return this.known.ignoredResults;
  }

  get busOps(): FunctionFact['busOps'] {
    this.known.busOps ??= this.fn.words.all.has('iommu_ops') ? busOpsIn(this.body) : [];
    return this.known.busOps;
  }

  get oddities(): FunctionFact['oddities'] {
    this.known.oddities ??= odditiesOf(this.body, this.readers.bodies);
    return this.known.oddities;
  }

  get keptPasids(): FunctionFact['keptPasids'] {
    this.known.keptPasids ??= keptPasids(this.body, this.readers.bodies);
    return this.known.keptPasids;
  }
}

function callsIn(body: Body): CallFact[] {
  const calls = body.kept(callsIn, () =>
    body.flow.steps.flatMap(({ node, locks, mayLocks }) => {
      const name = calledName(node);
      if (name === null || node.kind !== 'call') return [];
      const lock = node.args[ACQUIRES.get(name) ?? -1];
      const acquires = lock ? body.values.plain(lock) : null;
      return [{ name, node, locks, mayLocks, acquires }];
    }),
  );
  return calls.map(({ node, ...call }) => ({ ...call, spot: body.spot(node) }));
}
