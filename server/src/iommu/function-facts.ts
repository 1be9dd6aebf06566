/**
 * What one function does that design rules ask about: see facts.ts for the
 * shapes. Each fact is worked out when somebody asks for it, and a body is
 * read only when the words of the function allow that there is one.
 */
import type { Span } from '../base/index.js';
import { calledName } from '../syntax/index.js';
import { type Bodies, type Body, devicesAmong } from './body.js';
import { busOpsIn } from './bus-ops.js';
import { callShapeOf } from './call-shapes.js';
import type { ConditionalGets } from './conditional-gets.js';
import { fillsOf, removalsOf } from './containers.js';
import { propertiesIn } from './domain-properties.js';
import { isEventHandler, runsForEvents } from './event-handlers.js';
import type { CallFact, FunctionFact } from './facts.js';
import { functionRole } from './function-roles.js';
import { groupCountsIn } from './group-counts.js';
import { idiomsIn } from './idioms.js';
import type { KeptMms } from './kept-mm.js';
import { ACQUIRES, FILLS, REMOVES } from './kernel-api.table.js';
import type { SlotRow } from './kernel-ops.table.js';
import { FROM_USER, LOG_CALLS } from './log-calls.table.js';
import { logsIn } from './log-facts.js';
import type { Lookups } from './lookups.js';
import { odditiesOf } from './oddities/all-oddities.js';
import { latePasidLimitsIn, pasidLimitsIn } from './pasid-limits.js';
import { pasidsFreedEarlyIn } from './pasid-order.js';
import { keptPasids } from './pasids.js';
import type { KnownFunction, Spot } from './program.js';
import { isTakenOut, type References } from './references.js';
import { reusesIn } from './reuse.js';
import { signatureOf } from './signatures.js';
import { deadStoresIn, forwardOf } from './stores.js';
import { structCastsIn } from './struct-casts.js';
import { mmapLocksIn, ownMmsIn, ownMmsTakenIn, pidTestsIn } from './task-use.js';
import { typeTestsIn } from './type-tests.js';
import { raisedCountsIn, unreferencedIn } from './unreferenced.js';
import { copiedInto, copiedTwiceIn, uncheckedInputsIn } from './user-input.js';

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
  /** Whether a struct is one that user space fills in. */
  readonly isUapi: (base: string) => boolean;
}

const FILLING = new Set(FILLS.keys());
const REMOVING = new Set(REMOVES.keys());
const LOGGING = new Set(LOG_CALLS.keys());

/** Words without which a fact does not hold; each is one object, by which the words of a body remember the answer. */
const DOMAIN_TYPES = /^IOMMU_DOMAIN_/;
const PASID = /pasid|ssid/i;
const COUNTS_UP = /^(?:refcount_inc|kref_get)$/;
const PASID_FREES = /^(?:ioasid|iommu)_\w*(?:free|put)/;
const MMAP_LOCKS = /^(?:mmap_(?:read|write)_lock|down_read|down_write)$/;
const WALKS = /_for_each_/;
const OF_USER = /_user(?:_array)?$|^cmd$/;
const GROUP_COUNTS = /^(?:iommu_group(?:_device_count)?|list_is_singular)$/;

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

  get callShape(): FunctionFact['callShape'] {
    this.known.callShape ??= callShapeOf(this.fn.item);
    return this.known.callShape;
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

  /** Reads the body for a fact, unless its words say that there is none. */
  private told<Fact extends keyof FunctionFact>(
    fact: Fact,
    word: string | RegExp | null,
    none: FunctionFact[Fact],
    read: (body: Body) => FunctionFact[Fact],
  ): FunctionFact[Fact] {
    const known = this.known[fact];
    if (known !== undefined) return known as FunctionFact[Fact];
    const { words } = this.fn;
    const has = word === null || (typeof word === 'string' ? words.all.has(word) : words.match(word));
    const found = has ? read(this.body) : none;
    (this.known as Record<string, unknown>)[fact] = found;
    return found;
  }

  get signature(): FunctionFact['signature'] {
    this.known.signature ??= signatureOf(this.fn, this.readers);
    return this.known.signature;
  }

  get structCasts(): FunctionFact['structCasts'] {
    return this.told('structCasts', 'struct', [], (body) => structCastsIn(body, this.readers.bodies.program));
  }

  get typeTests(): FunctionFact['typeTests'] {
    return this.told('typeTests', DOMAIN_TYPES, [], typeTestsIn);
  }

  get groupCounts(): FunctionFact['groupCounts'] {
    const takesGroup = this.fn.item.parameters.some(({ type }) => type.base === 'struct iommu_group');
    return this.told('groupCounts', takesGroup ? null : GROUP_COUNTS, [], groupCountsIn);
  }

  get pidTests(): FunctionFact['pidTests'] {
    return this.told('pidTests', 'current', [], pidTestsIn);
  }

  get ownMmsTaken(): FunctionFact['ownMmsTaken'] {
    return this.told('ownMmsTaken', 'get_task_mm', [], (body) => ownMmsTakenIn(body, this.readers.bodies));
  }

  get ownMms(): FunctionFact['ownMms'] {
    return this.told('ownMms', 'current', [], ownMmsIn);
  }

  get unreferenced(): FunctionFact['unreferenced'] {
    const { lookups } = this.readers;
    return this.told('unreferenced', null, [], (body) =>
      unreferencedIn(body, lookups.of(this.fn), this.readers.bodies),
    );
  }

  get raisedCounts(): FunctionFact['raisedCounts'] {
    const { lookups } = this.readers;
    return this.told('raisedCounts', COUNTS_UP, [], (body) =>
      raisedCountsIn(body, lookups.of(this.fn), this.readers.bodies),
    );
  }

  get pasidLimits(): FunctionFact['pasidLimits'] {
    return this.told('pasidLimits', PASID, [], pasidLimitsIn);
  }

  get latePasidLimits(): FunctionFact['latePasidLimits'] {
    return this.told('latePasidLimits', PASID, [], latePasidLimitsIn);
  }

  get pasidsFreedEarly(): FunctionFact['pasidsFreedEarly'] {
    return this.told('pasidsFreedEarly', PASID_FREES, [], pasidsFreedEarlyIn);
  }

  get mmapLocks(): FunctionFact['mmapLocks'] {
    return this.told('mmapLocks', MMAP_LOCKS, [], (body) => mmapLocksIn(body, this.readers.bodies));
  }

  get properties(): FunctionFact['properties'] {
    return this.told('properties', WALKS, [], propertiesIn);
  }

  get uncheckedInputs(): FunctionFact['uncheckedInputs'] {
    return this.told('uncheckedInputs', OF_USER, [], (body) => uncheckedInputsIn(body, this.readers.bodies));
  }

  get copiedTwice(): FunctionFact['copiedTwice'] {
    return this.told('copiedTwice', OF_USER, [], copiedTwiceIn);
  }

  get deadStores(): FunctionFact['deadStores'] {
    return deadStoresIn(this.body);
  }

  get hasCallbackShape(): boolean {
    const { returns, parameters, name } = this.fn.item;
    return (
      returns.base === 'irqreturn_t' ||
      /_(?:show|store|open|release|cb|callback|fn|notifier|ioctl)$/.test(name) ||
      parameters.some(
        ({ type, name: parameter }) =>
          /^struct (?:device_attribute|kobj_attribute|seq_file|notifier_block|work_struct|file|inode)$/.test(
            type.base,
          ) ||
          (type.base === 'void' &&
            type.pointers === 1 &&
            /^(?:data|cookie|arg|priv\w*|opaque|token)$/.test(parameter)),
      )
    );
  }

  get forward(): FunctionFact['forward'] {
    return forwardOf(this.body, this.readers.bodies.program);
  }

  get idioms(): FunctionFact['idioms'] {
    return idiomsIn(this.body);
  }

  get logs(): FunctionFact['logs'] {
    this.known.logs ??= this.fn.words.meet(LOGGING) ? logsIn(this.body, this.readers.bodies.program) : [];
    return this.known.logs;
  }

  get isAttach(): boolean {
    if (/^attaches /.test(this.role ?? '')) return true;
    // A table of another file may have it: then the head tells.
    const takes = (struct: string): boolean =>
      this.fn.item.parameters.some(({ type }) => type.base === struct && type.pointers === 1);
    return (
      /_attach_dev(?:_pasid)?$/.test(this.name) && takes('struct iommu_domain') && takes('struct device')
    );
  }

  get isFromUser(): boolean {
    return this.fn.words.meet(FROM_USER) || this.fromUser.length > 0;
  }

  get fromUser(): readonly string[] {
    const { unit, item } = this.fn;
    // The mask hid `__user` from the grammar.
    const isMarked = ({ start, end }: Span): boolean =>
      unit.c.marks.some((mark) => mark.name === '__user' && mark.start >= start && mark.start < end);
    const isOfIoctl = /_ioctl$/.test(item.name);
    return item.parameters
      .filter(
        (each) =>
          isMarked(each) ||
          this.readers.isUapi(each.type.base) ||
          (isOfIoctl && each.type.base === 'unsigned long'),
      )
      .map(({ name }) => name);
  }

  get copiedIn(): readonly string[] {
    return this.told('copiedIn', OF_USER, [], copiedInto);
  }

  get handlesEvents(): boolean {
    return isEventHandler(this.fn);
  }

  get runsForEvents(): boolean {
    const { bodies, references } = this.readers;
    return runsForEvents(this.fn, bodies.program, references);
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
      const args = node.args.map((arg) => body.values.plain(arg));
      return [{ name, node, locks, mayLocks, acquires, args }];
    }),
  );
  return calls.map(({ node, ...call }) => ({
    ...call,
    spot: body.spot(node),
    get wasThere() {
      return isTakenOut(body.fn.unit.image, call.name);
    },
  }));
}
