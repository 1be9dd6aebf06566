/** How the code at hand comes by a domain, and lets go of it. */
import { callsIn, constantIn, storesInDomains } from './function-shapes.js';
import type { KnownFunction } from './program.js';
import type { Refused, Scaffold } from './scaffold-plan.js';

/** Those that make a domain, with what they take; what is not NULL on failure is an error pointer. include/linux/iommu.h, 6.1 to 6.12. */
const ALLOCATORS: ReadonlyMap<string, Allocator> = new Map<string, Allocator>([
  ['domain_alloc', { isOp: true, takes: ['type'], failure: 'NULL' }],
  ['domain_alloc_sva', { isOp: true, takes: ['dev', 'mm'], failure: 'ERR_PTR' }],
  ['iommu_domain_alloc', { isOp: false, takes: ['dev->bus'], failure: 'NULL' }],
  ['iommu_sva_domain_alloc', { isOp: false, takes: ['dev', 'mm'], failure: 'either' }],
]);

interface Allocator {
  readonly isOp: boolean;
  readonly takes: readonly string[];
  readonly failure: Scaffold['allocation']['failure'];
}

/** The one way in which functions allocate a domain. `name`: the one that they do it for. */
export function allocationIn(
  givers: readonly KnownFunction[],
  name: string,
): Scaffold['allocation'] | Refused {
  const found = new Map<string, Scaffold['allocation']>();
  for (const fn of givers)
    for (const { callee, args } of callsIn(fn)) {
      const called = callee.kind === 'name' || callee.kind === 'member' ? callee.name : '';
      const row = ALLOCATORS.get(called);
      // One that is shown is read itself.
      if (!row || row.isOp !== (callee.kind === 'member') || givers.some(({ item }) => item.name === called))
        continue;
      const [type] = row.takes.includes('type') ? args : [];
      const constant = type ? constantIn(type) : null;
      if (type && !constant)
        return { why: `which type of domain ${fn.item.name}() allocates is not a constant` };
      const taken = row.takes.map((each) => (each === 'type' ? constant : each)).join(', ');
      const call = `${row.isOp ? 'dev_iommu_ops(dev)->' : ''}${called}(${taken})`;
      found.set(call, { call, type: constant, failure: row.failure });
    }
  const [allocation, ...more] = found.values();
  if (!allocation) return { why: `how ${name}() allocates a domain is not seen` };
  if (more.length > 0)
    return { why: `${name}() allocates a domain in more than one way: ${[...found.keys()].join(', ')}` };
  if (allocation.type) return allocation;
  const stored = givers.flatMap(storesInDomains).find(({ member }) => member === 'type');
  return { ...allocation, type: stored ? constantIn(stored.value) : null };
}

/** How they free one that the scaffold calls `own->domain`. */
export function releaseIn(inside: readonly KnownFunction[], allocation: string): string {
  const frees = inside.some(({ words }) => words.called.has('iommu_domain_free'));
  return frees || allocation.startsWith('iommu_domain_alloc')
    ? 'iommu_domain_free(own->domain)'
    : 'own->domain->ops->free(own->domain)';
}
