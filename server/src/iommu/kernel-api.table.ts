/**
 * What the kernel's own names mean to this room, as data: containers, locks,
 * reference counts, pins of an address space, the slots of the ops tables.
 * Read off include/linux/ of Linux 6.1 and 6.12; a new name is a row.
 */

/** A call that finds something in a container: which arguments are the container and the key. */
export interface LookupRow {
  readonly container: number;
  readonly key: number;
}

/** include/linux/xarray.h, idr.h, radix-tree.h, ioasid.h (until 6.1). */
export const LOOKUPS: ReadonlyMap<string, LookupRow> = new Map([
  ['xa_load', { container: 0, key: 1 }],
  ['idr_find', { container: 0, key: 1 }],
  ['radix_tree_lookup', { container: 0, key: 1 }],
  ['ioasid_find', { container: 0, key: 1 }],
  ['rhashtable_lookup_fast', { container: 0, key: 1 }],
]);

/** A call that puts something into a container. */
export interface FillRow {
  readonly container: number;
  readonly key: number | null;
  readonly value: number;
  /** Whether an entry that is there already is replaced without a word; the others report it. */
  readonly overwrites: boolean;
}

export const FILLS: ReadonlyMap<string, FillRow> = new Map([
  ['xa_store', { container: 0, key: 1, value: 2, overwrites: true }],
  ['xa_insert', { container: 0, key: 1, value: 2, overwrites: false }],
  ['xa_cmpxchg', { container: 0, key: 1, value: 3, overwrites: false }],
  ['xa_alloc', { container: 0, key: 1, value: 2, overwrites: false }],
  ['idr_alloc', { container: 0, key: null, value: 1, overwrites: false }],
  ['idr_replace', { container: 0, key: 2, value: 1, overwrites: true }],
  ['radix_tree_insert', { container: 0, key: 1, value: 2, overwrites: false }],
  ['list_add', { container: 1, key: null, value: 0, overwrites: true }],
  ['list_add_tail', { container: 1, key: null, value: 0, overwrites: true }],
  ['list_add_rcu', { container: 1, key: null, value: 0, overwrites: true }],
  ['hlist_add_head', { container: 1, key: null, value: 0, overwrites: true }],
  ['hash_add', { container: 0, key: 2, value: 1, overwrites: true }],
]);

/** Walks over a list: which arguments are the cursor and the head. include/linux/list.h, xarray.h. */
export const WALKS: ReadonlyMap<string, { readonly cursor: number; readonly container: number }> = new Map([
  ['list_for_each_entry', { cursor: 0, container: 1 }],
  ['list_for_each_entry_rcu', { cursor: 0, container: 1 }],
  ['list_for_each_entry_safe', { cursor: 0, container: 2 }],
  ['list_for_each_entry_reverse', { cursor: 0, container: 1 }],
  ['hlist_for_each_entry', { cursor: 0, container: 1 }],
  ['xa_for_each', { cursor: 2, container: 0 }],
]);

/** Types of file-scope objects that are containers. */
export const CONTAINER_TYPES: ReadonlySet<string> = new Set([
  'struct xarray',
  'struct idr',
  'struct ida',
  'struct radix_tree_root',
  'struct list_head',
  'struct hlist_head',
  'struct rhashtable',
  'struct rb_root',
  'struct rb_root_cached',
  'struct ioasid_set',
]);

/** Types of locks. */
export const LOCK_TYPES: ReadonlySet<string> = new Set([
  'struct mutex',
  'spinlock_t',
  'raw_spinlock_t',
  'rwlock_t',
  'struct rw_semaphore',
  'struct semaphore',
]);

/** Functions that take a lock, by the argument that names it. */
export const ACQUIRES: ReadonlyMap<string, number> = new Map(
  (
    'mutex_lock mutex_lock_nested mutex_lock_interruptible mutex_lock_killable mutex_trylock spin_lock spin_lock_bh ' +
    'spin_lock_irq spin_lock_irqsave spin_trylock raw_spin_lock raw_spin_lock_irqsave read_lock write_lock down_read ' +
    'down_write down_write_nested down_read_trylock down_write_trylock down xa_lock xa_lock_irq xa_lock_irqsave xa_lock_bh'
  )
    .split(' ')
    .map((name) => [name, 0]),
);

/** Functions that release one. */
export const RELEASES: ReadonlyMap<string, number> = new Map(
  (
    'mutex_unlock spin_unlock spin_unlock_bh spin_unlock_irq spin_unlock_irqrestore raw_spin_unlock ' +
    'raw_spin_unlock_irqrestore read_unlock write_unlock up_read up_write up xa_unlock xa_unlock_irq ' +
    'xa_unlock_irqrestore xa_unlock_bh'
  )
    .split(' ')
    .map((name) => [name, 0]),
);

/** `lockdep_assert_held(&lock)`: the caller holds it. */
export const ASSERTS_HELD: ReadonlySet<string> = new Set([
  'lockdep_assert_held',
  'lockdep_assert_held_write',
  'lockdep_assert_held_read',
  'lockdep_assert_once',
]);

/** Reference counts by type. include/linux/refcount.h, kref.h, percpu-refcount.h. */
export const REFCOUNT_TYPES: ReadonlySet<string> = new Set([
  'refcount_t',
  'struct kref',
  'struct percpu_ref',
]);

/** Functions that take a reference only while the object lives, and say so. */
export const CONDITIONAL_GETS: ReadonlySet<string> = new Set([
  'refcount_inc_not_zero',
  'refcount_add_not_zero',
  'kref_get_unless_zero',
  'kobject_get_unless_zero',
  'mmget_not_zero',
  'atomic_inc_not_zero',
  'atomic_long_inc_not_zero',
  'atomic64_inc_not_zero',
  'percpu_ref_tryget',
  'percpu_ref_tryget_live',
  'get_page_unless_zero',
]);

/** Functions that take a reference. */
export const GETS: ReadonlySet<string> = new Set([
  ...CONDITIONAL_GETS,
  'refcount_inc',
  'kref_get',
  'percpu_ref_get',
]);

/** Functions that drop one. */
export const PUTS: ReadonlySet<string> = new Set([
  'refcount_dec_and_test',
  'refcount_dec',
  'refcount_dec_and_mutex_lock',
  'refcount_dec_and_lock',
  'kref_put',
  'kref_put_mutex',
  'percpu_ref_put',
]);

/** Functions that keep an mm_struct alive: by argument, or by handing out a pinned one (null). kernel/fork.c, mm/mmu_notifier.c. */
export const PINS_MM: ReadonlyMap<string, number | null> = new Map([
  ['mmgrab', 0],
  ['mmget', 0],
  ['mmget_not_zero', 0],
  ['mmgrab_lazy_tlb', 0],
  ['mmu_notifier_register', 1],
  ['__mmu_notifier_register', 1],
  ['mmu_notifier_get', 1],
  ['mmu_interval_notifier_insert', 1],
  // drivers/iommu/iommu-sva.c: the handle keeps the mm until it is unbound.
  ['iommu_sva_bind_device', 1],
  ['get_task_mm', null],
  ['mm_access', null],
  ['mm_alloc', null],
]);

/** Allocators and releasers of plain memory. include/linux/slab.h. */
export const ALLOCATES: ReadonlySet<string> = new Set([
  'kzalloc',
  'kmalloc',
  'kcalloc',
  'kmalloc_array',
  'kvzalloc',
  'kzalloc_node',
  'kmem_cache_alloc',
  'kmem_cache_zalloc',
  'devm_kzalloc',
  'kzalloc_obj',
  'kmalloc_obj',
]);
export const FREES: ReadonlySet<string> = new Set([
  'kfree',
  'kvfree',
  'kfree_rcu',
  'kfree_sensitive',
  'kmem_cache_free',
]);

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
  ['struct iommu_domain', { ops: ['struct iommu_domain_ops', 1], type: ['unsigned', 0] }],
  ['struct iommu_group', { domain: ['struct iommu_domain', 1], default_domain: ['struct iommu_domain', 1] }],
  ['struct mm_struct', { pasid: ['ioasid_t', 0], iommu_mm: ['struct iommu_mm_data', 1] }],
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

/** A part that a function plays because an ops table has it in this slot. */
export interface SlotRow {
  readonly role: string;
  readonly contract: string;
}

const ATTACH_ERRNOS =
  'Returns 0, or -EINVAL when device and domain are incompatible (the caller may try another domain; log nothing), ' +
  '-ENOMEM, -ENOSPC, -EBUSY, -ENODEV. On failure the device stays on its old domain or is blocked.';

/** Slots of struct iommu_ops and struct iommu_domain_ops (include/linux/iommu.h, 6.12; the older ones from 6.1). */
export const OPS_SLOTS: ReadonlyMap<string, SlotRow> = new Map<string, SlotRow>([
  [
    'domain_alloc',
    {
      role: 'allocates a domain',
      contract:
        'May sleep. Returns NULL on failure (ERR_PTR is accepted since 6.12). The core fills in type and ops.',
    },
  ],
  [
    'domain_alloc_paging',
    {
      role: 'allocates a paging domain',
      contract: 'May sleep. `dev` may be NULL in 6.12: then the first attach ties the domain to an instance.',
    },
  ],
  [
    'domain_alloc_user',
    {
      role: 'allocates a domain for user space',
      contract: 'Returns a fully initialised domain or an ERR_PTR; unknown flags are -EOPNOTSUPP.',
    },
  ],
  [
    'domain_alloc_sva',
    {
      role: 'allocates an SVA domain',
      contract: 'Called with mm_users held. Returns an ERR_PTR on failure, never NULL.',
    },
  ],
  [
    'attach_dev',
    {
      role: 'attaches a domain to a device',
      contract: `Called under the group mutex; must compare the domain's IOMMU instance with the device's. ${ATTACH_ERRNOS}`,
    },
  ],
  [
    'set_dev_pasid',
    {
      role: 'attaches a domain to a PASID of a device',
      contract: `Called under the group mutex with 0 < pasid < max_pasids. ${ATTACH_ERRNOS}`,
    },
  ],
  ['attach_dev_pasid', { role: 'attaches a domain to a PASID of a device', contract: ATTACH_ERRNOS }],
  [
    'remove_dev_pasid',
    {
      role: 'detaches a PASID of a device',
      contract: 'Cannot fail. Afterwards the PASID is blocked and no page request for it is in flight.',
    },
  ],
  ['detach_dev_pasid', { role: 'detaches a PASID of a device', contract: 'Cannot fail.' }],
  [
    'detach_dev',
    {
      role: 'detaches a domain from a device',
      contract: 'Gone since 6.5: attaching another domain replaces the old one.',
    },
  ],
  [
    'free',
    {
      role: 'frees a domain',
      contract:
        'The domain is attached nowhere. Frees the object around the embedded iommu_domain, not the member.',
    },
  ],
  [
    'map_pages',
    { role: 'maps pages', contract: 'May be called in atomic context with the given gfp flags.' },
  ],
  [
    'unmap_pages',
    {
      role: 'unmaps pages',
      contract: 'Gathers what is to be flushed; the memory is reused only after the flush.',
    },
  ],
  ['iova_to_phys', { role: 'translates an IOVA', contract: 'Reads the page table without changing it.' }],
  [
    'probe_device',
    { role: 'probes a device', contract: 'Returns the IOMMU instance of the device, or -ENODEV.' },
  ],
  ['release_device', { role: 'releases a device', contract: 'No translation for the device is left.' }],
  ['device_group', { role: 'finds the group of a device', contract: 'Returns a group with a reference.' }],
  [
    'sva_bind',
    {
      role: 'binds a device to an address space',
      contract: 'Until 6.1. The caller holds mm_users; each bind needs one unbind.',
    },
  ],
  ['sva_unbind', { role: 'unbinds a device from an address space', contract: 'Until 6.1. Cannot fail.' }],
  [
    'page_response',
    { role: 'answers a page request', contract: 'Exactly one answer for each page request group.' },
  ],
  [
    'iopf_handler',
    { role: 'handles page faults', contract: 'Answers and frees the page request group exactly once.' },
  ],
  [
    'enforce_cache_coherency',
    {
      role: 'forces snooping on a domain',
      contract: 'Returns false, with nothing changed, when some attached device cannot.',
    },
  ],
]);
