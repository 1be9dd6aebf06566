/** What one function does that design rules ask about: see facts.ts for the shapes. */
import { calledName, type Expression, type FunctionItem, walk } from '../syntax/index.js';
import type { ConditionalGet } from './conditional-gets.js';
import { decisionsAbout } from './decisions.js';
import type {
  CallFact,
  ContainerFact,
  FillFact,
  FunctionFact,
  IgnoredResultFact,
  KeptMmFact,
  LookupFact,
  ReuseFact,
} from './facts.js';
import { type Flow, flowOf, type Step } from './flow.js';
import { CONTAINER_TYPES, FILLS, LOOKUPS, PINS_MM, WALKS } from './kernel-api.table.js';
import type { Located, Program, Spot } from './program.js';
import { baseName, namesIn, Roots } from './roots.js';
import { pointsTo, Scope, UNKNOWN_TYPE } from './scope.js';
import { fieldKind } from './struct-roles.js';

/** What the facts of a function need to know of the rest of the program. */
export interface Surroundings {
  readonly program: Program;
  readonly domains: ReadonlySet<string>;
  readonly gets: ReadonlyMap<string, ConditionalGet>;
  /** Functions in the `alloc_notifier` slot: mmu_notifier_get() calls them and holds the mm. mm/mmu_notifier.c, 6.12. */
  readonly notifierAllocators: ReadonlySet<string>;
}

export type BodyFacts = Pick<
  FunctionFact,
  'calls' | 'lookups' | 'fills' | 'reuses' | 'keptMms' | 'ignoredResults' | 'busOps' | 'keptPasids'
>;

const DEVICES = new Set(['struct device', 'struct pci_dev', 'struct platform_device']);

/** The facts of one function's body. */
export function bodyFacts(fn: Located<FunctionItem>, around: Surroundings): BodyFacts {
  return new BodyReader(fn, around).read();
}

class BodyReader {
  private readonly scope: Scope;
  private readonly flow: Flow;
  private readonly roots: Roots;
  private readonly devices: readonly string[];

  constructor(
    private readonly fn: Located<FunctionItem>,
    private readonly around: Surroundings,
  ) {
    this.scope = new Scope(around.program, fn);
    this.flow = flowOf(this.scope.body, (node) => this.text(node));
    this.roots = new Roots(this.scope.body);
    this.devices = fn.item.parameters
      .filter(({ type }) => type.pointers === 1 && DEVICES.has(type.base))
      .map(({ name }) => name);
    for (const device of this.devices) this.roots.add(device, 'device');
  }

  read(): BodyFacts {
    const lookups = [...this.calledLookups(), ...this.walkedLookups()];
    lookups.forEach((lookup, index) => {
      if (lookup.result) this.roots.add(lookup.result, `lookup ${index}`);
    });
    return {
      calls: this.calls(),
      lookups,
      fills: this.fills(),
      reuses: this.devices.length > 0 ? this.reuses(lookups) : [],
      keptMms: this.keptMms(),
      ignoredResults: this.ignoredResults(),
      busOps: this.busOps(),
      keptPasids: this.keptPasids(),
    };
  }

  private text(node: Expression): string {
    return this.fn.unit.image.text.slice(node.start, node.end);
  }

  private spot(span: { start: number; end: number }): Spot {
    return { unit: this.fn.unit, span: { start: span.start, end: span.end } };
  }

  private calls(): CallFact[] {
    return this.flow.steps.flatMap(({ node, locks }) => {
      const name = calledName(node);
      return name === null ? [] : [{ name, spot: this.spot(node), locks }];
    });
  }

  private container(argument: Expression): ContainerFact {
    const base = baseName(argument);
    const text = this.text(argument).replace(/^&\s*/, '');
    const type =
      argument.kind === 'unary' && argument.operator === '&'
        ? this.scope.typeOf(argument.operand)
        : this.scope.typeOf(argument);
    const isBare = argument.kind === 'unary' ? argument.operand.kind === 'name' : argument.kind === 'name';
    const variable = base === null ? null : this.around.program.variableNamed(base, this.fn.unit);
    const isFileScope =
      isBare &&
      base !== null &&
      !this.scope.isLocal(base) &&
      (variable === null || CONTAINER_TYPES.has(type.base));
    return { text, isFileScope, isOfDevice: this.roots.reach(argument, 'device') };
  }

  private *calledLookups(): Generator<LookupFact> {
    for (const step of this.flow.steps) {
      const { node } = step;
      const row = LOOKUPS.get(calledName(node) ?? '');
      if (!row || node.kind !== 'call') continue;
      const container = node.args[row.container];
      const key = node.args[row.key];
      if (!container || !key) continue;
      yield {
        ...this.lookup(step, this.container(container), this.resultOf(node), key),
        call: calledName(node)!,
      };
    }
  }

  private *walkedLookups(): Generator<LookupFact> {
    for (const walked of this.flow.walks) {
      const row = WALKS.get(walked.form);
      const cursor = row && walked.args[row.cursor];
      const container = row && walked.args[row.container];
      if (!cursor || !container || cursor.kind !== 'name') continue;
      const at = { node: { ...cursor, start: walked.start, end: walked.end }, locks: walked.locks };
      yield { ...this.lookup(at, this.container(container), cursor.name, null), call: walked.form };
    }
  }

  private lookup(
    at: Pick<Step, 'node' | 'locks'>,
    container: ContainerFact,
    result: string | null,
    key: Expression | null,
  ): Omit<LookupFact, 'call'> {
    const resultType = result === null ? this.returned() : this.scope.typeOfName(result);
    const isDomain = resultType.pointers === 1 && this.around.domains.has(resultType.base);
    return {
      spot: this.spot(at.node),
      container,
      keyIsOfDevice: key !== null && this.roots.reach(key, 'device'),
      keyFromMm: key === null ? null : this.readFromMm(key),
      result,
      resultType,
      finds: isDomain ? 'domain' : 'other',
      locks: at.locks,
    };
  }

  private returned(): { base: string; pointers: number } {
    return this.fn.item.returns;
  }

  /** The variable that an expression's value is assigned to. */
  private resultOf(value: Expression): string | null {
    let result: string | null = null;
    walk(this.scope.body, (node) => {
      if (node.kind === 'assign' && node.value === value && node.target.kind === 'name')
        result = node.target.name;
      if (node.kind === 'declaration')
        for (const each of node.declarators) if (each.initial === value) result = each.name;
    });
    return result;
  }

  /** Where a key was read out of an mm's PASID: in the key itself, or in the assignment to the variable that is the key. */
  private readFromMm(key: Expression): Spot | null {
    const direct = this.pasidRead(key);
    if (direct || key.kind !== 'name') return direct;
    let found: Spot | null = null;
    walk(this.scope.body, (node) => {
      if (node.kind === 'declaration') {
        for (const each of node.declarators) {
          if (each.name === key.name && each.initial && this.pasidRead(each.initial))
            found ??= this.spot(node);
        }
      } else if (
        node.kind === 'assign' &&
        node.target.kind === 'name' &&
        node.target.name === key.name &&
        this.pasidRead(node.value)
      ) {
        found ??= this.spot(node);
      }
    });
    return found;
  }

  private pasidRead(value: Expression): Spot | null {
    if (value.kind !== 'member' || !pointsTo(this.scope.typeOf(value.object), 'struct mm_struct'))
      return null;
    return fieldKind(this.scope.typeOf(value), value.name) === 'pasid' ? this.spot(value) : null;
  }

  private fills(): FillFact[] {
    return this.flow.steps.flatMap(({ node, locks }) => {
      const call = calledName(node);
      const row = call === null ? undefined : FILLS.get(call);
      const container = row && node.kind === 'call' ? node.args[row.container] : undefined;
      if (!call || !row || !container) return [];
      return [
        {
          spot: this.spot(node),
          call,
          container: this.container(container),
          overwrites: row.overwrites,
          locks,
        },
      ];
    });
  }

  /** Domains that come out of a container which does not belong to the device, and go to the device. */
  private reuses(lookups: readonly LookupFact[]): ReuseFact[] {
    return lookups.flatMap((lookup, index): ReuseFact[] => {
      if (lookup.finds !== 'domain' || !lookup.result) return [];
      if (lookup.container.isOfDevice || lookup.keyIsOfDevice) return [];
      const handedOut = this.handedOut(lookup.result, lookup.spot.span.start);
      if (!handedOut) return [];
      const decisions = decisionsAbout(this.flow, this.roots, this.scope, `lookup ${index}`, lookup.result);
      return [
        { lookup, device: this.devices[0]!, handedOut, decisions: decisions.map((each) => this.spot(each)) },
      ];
    });
  }

  private handedOut(domain: string, from: number): Spot | null {
    const returned = this.flow.returns.find(
      ({ value, start }) => start > from && value.kind === 'name' && value.name === domain,
    );
    if (returned) return this.spot(returned);
    const tied = this.flow.steps.find(({ node }) => {
      if (node.start < from || node.kind !== 'assign' || node.target.kind !== 'member') return false;
      return node.value.kind === 'name' && node.value.name === domain;
    });
    return tied ? this.spot(tied.node) : null;
  }

  private keptMms(): KeptMmFact[] {
    return this.flow.steps.flatMap(({ node }): KeptMmFact[] => {
      if (node.kind !== 'assign' || node.operator !== '=' || node.target.kind !== 'member') return [];
      const { target, value } = node;
      if (!['name', 'member', 'call'].includes(value.kind) || this.text(value) === 'NULL') return [];
      const type = this.scope.typeOf(target);
      const isMm =
        type === UNKNOWN_TYPE || type.base === ''
          ? pointsTo(this.scope.typeOf(value), 'struct mm_struct')
          : pointsTo(type, 'struct mm_struct');
      if (!isMm || this.isOnStack(target)) return [];
      return [
        {
          spot: this.spot(node),
          target: this.text(target),
          value: this.text(value),
          pinnedBy: this.pinOf(target, value),
        },
      ];
    });
  }

  private isOnStack(target: Extract<Expression, { kind: 'member' }>): boolean {
    const base = baseName(target);
    return base !== null && this.scope.isLocal(base) && this.scope.typeOfName(base).pointers === 0;
  }

  /** The call that keeps the kept mm alive: in this function, in what it passes the mm to, or in a direct caller. */
  private pinOf(target: Expression, value: Expression): string | null {
    if (this.around.notifierAllocators.has(this.fn.item.name)) return 'mmu_notifier_get';
    const same = new Set([this.text(value), this.text(target)]);
    for (const { node } of this.flow.steps) {
      const name = calledName(node);
      if (name === null || node.kind !== 'call') continue;
      const at = PINS_MM.get(name);
      const argument = typeof at === 'number' ? node.args[at] : undefined;
      if (argument && same.has(this.text(argument))) return name;
      if (at === null && (node === value || (value.kind === 'name' && this.resultOf(node) === value.name)))
        return name;
      if (node.args.some((each) => same.has(this.text(each)))) {
        const below = this.pinsInside(name);
        if (below) return below;
      }
    }
    return this.pinnedByCallers(value);
  }

  private pinsInside(name: string): string | null {
    const callee = this.around.program.definitionOf(name, this.fn.unit);
    const body = callee?.unit.c.bodyOf(callee.item);
    let pin: string | null = null;
    if (body) walk(body, (node) => (pin ??= PINS_MM.has(calledName(node) ?? '') ? calledName(node) : null));
    return pin;
  }

  private pinnedByCallers(value: Expression): string | null {
    const isParameter =
      value.kind === 'name' && this.fn.item.parameters.some(({ name }) => name === value.name);
    if (!isParameter) return null;
    for (const caller of this.around.program.allFunctions()) {
      const { unit, item } = caller;
      const body = unit.image.text.slice(item.bodySpan!.start, item.bodySpan!.end);
      if (!new RegExp(`\\b${this.fn.item.name}\\s*\\(`).test(body)) continue;
      const pin = [...PINS_MM.keys()].find((name) => new RegExp(`\\b${name}\\s*\\(`).test(body));
      if (pin) return pin;
    }
    return null;
  }

  private ignoredResults(): IgnoredResultFact[] {
    return this.flow.steps.flatMap(({ node, isDiscarded }): IgnoredResultFact[] => {
      if (!isDiscarded || node.kind !== 'call') return [];
      const called = calledName(node);
      const get = called === null ? undefined : this.around.gets.get(called);
      if (!called || !get) return [];
      const object = node.args[0] ? this.text(node.args[0]) : '';
      return [{ spot: this.spot(node), called, primitive: get.primitive, wrapper: get.at, object }];
    });
  }

  /** Reads of `iommu_ops` of the bus that a device sits on; code that walks the buses themselves has no device to ask. */
  private busOps(): Spot[] {
    return this.flow.steps.flatMap(({ node }) => {
      if (node.kind !== 'member' || node.name !== 'iommu_ops') return [];
      const { object } = node;
      const isBus =
        this.scope.typeOf(object).base === 'struct bus_type' ||
        (object.kind === 'member' && object.name === 'bus');
      const isOfDevice =
        this.roots.reach(object, 'device') || (object.kind === 'member' && object.name === 'bus');
      return isBus && isOfDevice ? [this.spot(node)] : [];
    });
  }

  private keptPasids(): { struct: string; field: string; spot: Spot }[] {
    return this.flow.steps.flatMap(({ node }) => {
      if (node.kind !== 'assign' || node.operator !== '=' || node.target.kind !== 'member') return [];
      const isPasid =
        this.pasidRead(node.value) !== null ||
        fieldKind(this.scope.typeOf(node.target), node.target.name) === 'pasid';
      if (!isPasid || namesIn(node.value).every((name) => /^[A-Z_]+$/.test(name))) return [];
      const struct = this.scope.typeOf(node.target.object).base;
      return [{ struct, field: node.target.name, spot: this.spot(node) }];
    });
  }
}
