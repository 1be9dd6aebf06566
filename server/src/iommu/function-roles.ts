/** Which part a function plays: from the ops table that has it, else from its signature and from what it does. */
import type { FunctionItem, Initializer } from '../syntax/index.js';
import type { BodyFacts } from './function-facts.js';
import { FREES, GETS, OPS_SLOTS, PUTS, type SlotRow } from './kernel-api.table.js';
import type { Located, Program } from './program.js';

/** Functions that some ops table of the program names, with the row of their slot. */
export function slotsOf(program: Program): ReadonlyMap<string, SlotRow> {
  const slots = new Map<string, SlotRow>();
  const read = (entries: readonly Initializer[]): void => {
    for (const { member, value } of entries) {
      const inner = value.kind === 'unary' ? value.operand : value;
      const row = OPS_SLOTS.get(member);
      if (row && inner.kind === 'name') slots.set(inner.name, row);
      else if (inner.kind === 'initializers') read(inner.entries);
    }
  };
  for (const { item } of program.allVariables()) {
    if (!/^struct iommu_(?:domain_)?ops$/.test(item.type.base)) continue;
    if (item.initial?.kind === 'initializers') read(item.initial.entries);
  }
  return slots;
}

/** The functions that tables of type `struct table` have in a slot. */
export function functionsInSlot(program: Program, table: string, slot: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { item } of program.allVariables()) {
    if (item.type.base !== table || item.initial?.kind !== 'initializers') continue;
    for (const { member, value } of item.initial.entries)
      if (member === slot && value.kind === 'name') names.add(value.name);
  }
  return names;
}

/** The role in words, and the contract that goes with it; null when it plays none that is known. */
export function functionRole(
  fn: Located<FunctionItem>,
  facts: BodyFacts,
  slots: ReadonlyMap<string, SlotRow>,
  domains: ReadonlySet<string>,
): { role: string | null; contract: string } {
  const slot = slots.get(fn.item.name);
  if (slot) return slot;
  return { role: roleBySignature(fn.item, facts, domains), contract: '' };
}

function roleBySignature(item: FunctionItem, facts: BodyFacts, domains: ReadonlySet<string>): string | null {
  const takes = (struct: string): boolean =>
    item.parameters.some(({ type }) => type.pointers === 1 && type.base === struct);
  const takesDomain = item.parameters.some(({ type }) => type.pointers === 1 && domains.has(type.base));
  const givesDomain = item.returns.pointers === 1 && domains.has(item.returns.base);
  const calls = (names: ReadonlySet<string>): boolean => facts.calls.some(({ name }) => names.has(name));
  const givesHandle = item.returns.pointers === 1 && item.returns.base === 'struct iommu_sva';
  if (givesHandle && takes('struct device') && takes('struct mm_struct'))
    return 'binds a device to an address space';
  if (takes('struct iommu_sva') && item.returns.base === 'void' && item.returns.pointers === 0)
    return 'unbinds a device from an address space';
  if (takes('struct iommu_fault') || takes('struct iopf_group')) return 'handles page faults';
  if (givesDomain && facts.lookups.some(({ finds }) => finds === 'domain')) return 'finds a domain';
  if (givesDomain && takes('struct device')) return 'allocates a domain';
  if (takesDomain && calls(PUTS)) return 'drops a reference on a domain';
  if (takesDomain && calls(GETS)) return 'takes a reference on a domain';
  if (takesDomain && calls(FREES)) return 'frees a domain';
  if (takesDomain && takes('struct device')) return 'acts on a domain and a device';
  return null;
}
