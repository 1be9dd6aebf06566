/**
 * What can be known of types and values without the tree at hand: members of
 * the kernel's structs, what well-known functions return, macros that are
 * assignments. Read off include/linux/ of Linux 6.1 and 6.12.
 */

/** Types of members that can be read without the tree at hand: struct → member → base type and stars. */
export const KNOWN_MEMBERS: ReadonlyMap<
  string,
  Readonly<Record<string, readonly [string, number]>>
> = new Map([
  [
    'struct device',
    { bus: ['struct bus_type', 1], iommu: ['struct dev_iommu', 1], iommu_group: ['struct iommu_group', 1] },
  ],
  ['struct bus_type', { iommu_ops: ['struct iommu_ops', 1] }],
  ['struct dev_iommu', { iommu_dev: ['struct iommu_device', 1], priv: ['void', 1] }],
  ['struct iommu_device', { ops: ['struct iommu_ops', 1], dev: ['struct device', 1] }],
  [
    'struct iommu_domain',
    {
      ops: ['struct iommu_domain_ops', 1],
      type: ['unsigned', 0],
      geometry: ['struct iommu_domain_geometry', 0],
    },
  ],
  ['struct iommu_group', { domain: ['struct iommu_domain', 1], default_domain: ['struct iommu_domain', 1] }],
  ['struct mm_struct', { pasid: ['ioasid_t', 0], iommu_mm: ['struct iommu_mm_data', 1] }],
  ['struct iommu_mm_data', { pasid: ['u32', 0], mm: ['struct mm_struct', 1] }],
  ['struct iommu_sva', { dev: ['struct device', 1] }],
  ['struct task_struct', { mm: ['struct mm_struct', 1] }],
  ['struct vm_area_struct', { vm_mm: ['struct mm_struct', 1] }],
  [
    'struct iommu_ops',
    { domain_alloc: ['struct iommu_domain', 1], default_domain_ops: ['struct iommu_domain_ops', 1] },
  ],
]);

/** What well-known functions return: base type and stars. */
export const KNOWN_RETURNS: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['dev_iommu_ops', ['struct iommu_ops', 1]],
  ['iommu_domain_alloc', ['struct iommu_domain', 1]],
  ['iommu_paging_domain_alloc', ['struct iommu_domain', 1]],
  ['iommu_get_domain_for_dev', ['struct iommu_domain', 1]],
  ['iommu_get_domain_for_dev_pasid', ['struct iommu_domain', 1]],
  ['iommu_group_get', ['struct iommu_group', 1]],
  ['get_task_mm', ['struct mm_struct', 1]],
  ['to_pci_dev', ['struct pci_dev', 1]],
]);

/** Macros whose value points to the struct that one of their arguments names. include/linux/container_of.h, list.h. */
export const TYPED_BY_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ['container_of', 1],
  ['container_of_const', 1],
  ['list_entry', 1],
  ['list_first_entry', 1],
  ['list_first_entry_or_null', 1],
  ['list_last_entry', 1],
  ['hlist_entry', 1],
  ['rb_entry', 1],
  ['rb_entry_safe', 1],
]);

/** Macros whose value is that of their first argument. include/linux/compiler.h, rcupdate.h, asm-generic/barrier.h. */
export const SAME_AS_ARGUMENT: ReadonlySet<string> = new Set([
  'READ_ONCE',
  'rcu_dereference',
  'rcu_dereference_raw',
  'rcu_access_pointer',
  'no_free_ptr',
]);

/** Macros that store their second argument in what the first names, or points to. asm-generic/rwonce.h, rcupdate.h, barrier.h. */
export const STORES: ReadonlyMap<string, { readonly throughPointer: boolean }> = new Map([
  ['WRITE_ONCE', { throughPointer: false }],
  ['rcu_assign_pointer', { throughPointer: false }],
  ['RCU_INIT_POINTER', { throughPointer: false }],
  ['smp_store_release', { throughPointer: true }],
  ['smp_store_mb', { throughPointer: false }],
  ['xchg', { throughPointer: true }],
]);
