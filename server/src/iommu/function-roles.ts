/** Which part a function plays: from the ops table that has it, else from its signature and from what it does with what it was given. */
import { calledName, type Expression, type FunctionItem, type Initializer } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { FunctionFact } from './facts.js';
import { ALLOCATES, FREES, GETS, PUTS } from './kernel-api.table.js';
import { OPS_SLOTS, type SlotRow } from './kernel-ops.table.js';
import { namesIn } from './names.js';
import type { KnownFunction, Program, Unit } from './program.js';

/** Functions that some ops table names, by the path of the table's file and their name, with the row of their slot. */
export function slotsOf(program: Program): ReadonlyMap<string, SlotRow> {
  const slots = new Map<string, SlotRow>();
  const read = (unit: Unit, entries: readonly Initializer[]): void => {
    for (const { member, value } of entries) {
      const inner = value.kind === 'unary' || value.kind === 'cast' ? value.operand : value;
      const row = OPS_SLOTS.get(member);
      if (row && inner.kind === 'name') slots.set(`${unit.image.path}:${inner.name}`, row);
      else if (inner.kind === 'initializers') read(unit, inner.entries);
    }
  };
  for (const { unit, item } of program.allVariables()) {
    if (!/^struct iommu_(?:domain_)?ops$/.test(item.type.base)) continue;
    if (item.initial?.kind === 'initializers') read(unit, item.initial.entries);
  }
  return slots;
}

/** The functions that tables whose type matches have in a slot: by path and name, and by name. */
export function functionsInSlot(program: Program, table: RegExp, slot: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { unit, item } of program.allVariables()) {
    if (!table.test(item.type.base) || item.initial?.kind !== 'initializers') continue;
    for (const { member, value } of item.initial.entries) {
      if (member !== slot || value.kind !== 'name') continue;
      names.add(value.name);
      names.add(`${unit.image.path}:${value.name}`);
    }
  }
  return names;
}

/** The role in words, and the contract that goes with it; null when it plays none that is known. */
export function functionRole(
  fn: KnownFunction,
  facts: Pick<FunctionFact, 'lookups'>,
  { slots, bodies }: { readonly slots: ReadonlyMap<string, SlotRow>; readonly bodies: Bodies },
): { role: string | null; contract: string } {
  const { unit, item } = fn;
  const slot =
    slots.get(`${unit.image.path}:${item.name}`) ?? (item.isStatic ? undefined : slotElsewhere(slots, item));
  return slot ?? { role: new RoleReader(fn, facts, bodies).read(), contract: '' };
}

/** A function that is not static may stand in a table of another file. */
function slotElsewhere(slots: ReadonlyMap<string, SlotRow>, { name }: FunctionItem): SlotRow | undefined {
  for (const [key, row] of slots) if (key.endsWith(`:${name}`)) return row;
  return undefined;
}

class RoleReader {
  private readonly item: FunctionItem;

  constructor(
    private readonly fn: KnownFunction,
    private readonly facts: Pick<FunctionFact, 'lookups'>,
    private readonly bodies: Bodies,
  ) {
    this.item = fn.item;
  }

  /** Most functions are told by their heads. */
  private get body(): Body {
    return this.bodies.of(this.fn);
  }

  read(): string | null {
    return (
      this.ofBinding() ??
      (this.gives((base) => this.bodies.domains.has(base)) ? this.ofGiving() : this.ofTaking())
    );
  }

  private ofBinding(): string | null {
    const isHandle = (base: string): boolean => base === 'struct iommu_sva';
    const isVoid = this.item.returns.base === 'void' && this.item.returns.pointers === 0;
    if (this.gives(isHandle) && this.takes('struct device') && this.takes('struct mm_struct'))
      return 'binds a device to an address space';
    const handles = this.parameters(isHandle);
    if (isVoid && handles.length > 0 && this.letsGo(handles)) return 'unbinds a device from an address space';
    const takesFault = this.takes('struct iommu_fault') || this.takes('struct iopf_group');
    return takesFault && this.item.returns.base === 'enum iommu_page_response_code'
      ? 'handles page faults'
      : null;
  }

  private ofGiving(): string | null {
    if (this.facts.lookups.some(({ finds }) => finds === 'domain')) return 'finds a domain';
    const allocates = this.body.flow.steps.some(({ node }) => {
      const name = calledName(node);
      if (name !== null) return ALLOCATES.has(name) || /^iommu_\w*domain_alloc\w*$/.test(name);
      return (
        node.kind === 'call' && node.callee.kind === 'member' && /^domain_alloc(?:_|$)/.test(node.callee.name)
      );
    });
    return allocates ? 'allocates a domain' : null;
  }

  private ofTaking(): string | null {
    const given = this.parameters((base) => this.bodies.domains.has(base));
    if (given.length === 0) return null;
    if (this.passes(given, (name) => PUTS.has(name))) return 'drops a reference on a domain';
    if (this.passes(given, (name) => GETS.has(name))) return 'takes a reference on a domain';
    if (this.frees(given)) return 'frees a domain';
    return this.takes('struct device') ? 'acts on a domain and a device' : null;
  }

  private takes(struct: string): boolean {
    return this.parameters((base) => base === struct).length > 0;
  }

  private parameters(is: (base: string) => boolean): string[] {
    return this.item.parameters
      .filter(({ type }) => type.pointers === 1 && is(type.base))
      .map(({ name }) => name);
  }

  private gives(is: (base: string) => boolean): boolean {
    return this.item.returns.pointers === 1 && is(this.item.returns.base);
  }

  /** Whether a call by such a name gets something that comes from `given`. */
  private passes(given: readonly string[], is: (name: string) => boolean): boolean {
    const from = this.body.carried(given);
    return this.body.flow.steps.some(({ node }) => {
      const name = calledName(node);
      return name !== null && is(name) && node.kind === 'call' && node.args[0] !== undefined
        ? namesIn(node.args[0]).some((each) => from.has(each))
        : false;
    });
  }

  /** Whether the domain itself is freed, not something that hangs off it. */
  private frees(given: readonly string[]): boolean {
    const isGiven = (arg: Expression): boolean => given.some((name) => this.body.values.mayBe(arg, name));
    return this.body.flow.steps.some(({ node }) => {
      if (node.kind !== 'call' || !node.args.some(isGiven)) return false;
      const name = calledName(node);
      if (name !== null) return FREES.has(name) || name === 'iommu_domain_free';
      return node.callee.kind === 'member' && node.callee.name === 'free';
    });
  }

  /** Whether a handle is put, freed, or its device detached. */
  private letsGo(handles: readonly string[]): boolean {
    return (
      this.frees(handles) ||
      this.passes(handles, (name) => PUTS.has(name)) ||
      this.body.flow.steps.some(({ node }) => /^iommu_detach_device/.test(calledName(node) ?? ''))
    );
  }
}
