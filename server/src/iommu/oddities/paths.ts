/** What a function may not do because of where it is called from: a map path, a fault handler, an attach op. */
import { calledName } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { commentAbove } from '../comments.js';
import { ACQUIRES } from '../kernel-api.table.js';
import type { KnownFunction, Program } from '../program.js';
import { MAP_PATH, MAP_SLOTS } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const PATHS: OddityReader = {
  around: [
    { words: new Set(['iommu_get_domain_for_dev', 'iommu_group_get']), read: getsInMapPath },
    { words: /^mutex_lock/, read: locksInFaultPath },
  ],
};

/** Lookups of a domain or group that take and drop a reference, for every buffer that is mapped. */
function getsInMapPath(body: Body, bodies: Bodies): OddityFact[] {
  const gets = body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    return name === 'iommu_get_domain_for_dev' || name === 'iommu_group_get' ? [{ node, name }] : [];
  });
  if (gets.length === 0) return [];
  const entry = entryOf(body.fn, bodies, isMapEntry);
  return entry === null
    ? []
    : gets.map(({ node, name }) => oddity('get-in-map-path', body.spot(node), name, { other: entry }));
}

/** A mutex that a page fault has to wait for. */
function locksInFaultPath(body: Body, bodies: Bodies): OddityFact[] {
  const locks = body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    const lock = node.kind === 'call' ? node.args[ACQUIRES.get(name ?? '') ?? -1] : undefined;
    if (name === null || !lock || !/^mutex_lock/.test(name)) return [];
    const inner = lock.kind === 'unary' && lock.operator === '&' ? lock.operand : lock;
    const isOfGroup =
      inner.kind === 'member' && body.scope.typeOf(inner.object).base === 'struct iommu_group';
    return isOfGroup ? [{ node, text: body.values.plain(inner) }] : [];
  });
  if (locks.length === 0) return [];
  const entry = servesFaults(body.fn) ? body.fn.item.name : entryOf(body.fn, bodies, isFaultEntry);
  // Of a lookup that nobody calls yet, the patch's subject may say who will.
  const { item } = body.fn;
  const mayBeEntered =
    !item.isStatic && looksUp(body) && bodies.program.callersOf(body.fn).every((each) => each === body.fn);
  return entry === null && !mayBeEntered
    ? []
    : locks.map(({ node, text }) =>
        oddity('lock-in-fault-path', body.spot(node), text, { other: entry ?? '' }),
      );
}

/** Whether it returns a pointer that it has found in an xarray. */
function looksUp(body: Body): boolean {
  if (body.fn.item.returns.pointers === 0) return false;
  return body.flow.steps.some(({ node }) => /^xa_(?:load|find)$/.test(calledName(node) ?? ''));
}

/** Whether its name or the comment above it says that it is there for page faults. */
function servesFaults({ item, unit }: KnownFunction): boolean {
  return (
    /(?:^|_)iopf(?:_|$)/.test(item.name) ||
    /\bfor\b.*\b(?:page[- ]faults?|iopf)\b/i.test(commentAbove(unit, item.start))
  );
}

/** The entry from which a function is reached, at most three calls up. */
function entryOf(
  fn: KnownFunction,
  bodies: Bodies,
  isEntry: (fn: KnownFunction, program: Program) => boolean,
): string | null {
  let front: readonly KnownFunction[] = [fn];
  for (let depth = 0; depth < 4; depth++) {
    const entry = front.find((each) => isEntry(each, bodies.program));
    if (entry) return entry.item.name;
    front = front.flatMap((each) => bodies.program.callersOf(each));
  }
  return null;
}

function isMapEntry({ unit, item }: KnownFunction, program: Program): boolean {
  if (MAP_PATH.has(item.name)) return true;
  return program.surroundings.known(mapEntries, program).has(`${unit.image.path}:${item.name}`);
}

/** The functions that tables of DMA operations have in the slots for buffers. */
function mapEntries(program: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { unit, item } of program.allVariables()) {
    if (item.type.base !== 'struct dma_map_ops' || item.initial?.kind !== 'initializers') continue;
    for (const { member, value } of item.initial.entries)
      if (MAP_SLOTS.includes(member) && value.kind === 'name') names.add(`${unit.image.path}:${value.name}`);
  }
  return names;
}

/** Whether it is given page faults: by type, not by name. */
function isFaultEntry({ item }: KnownFunction): boolean {
  return item.parameters.some(
    ({ type }) =>
      type.pointers === 1 &&
      /^struct (?:iopf_group|iopf_fault|iommu_fault|iommu_fault_event)$/.test(type.base),
  );
}
