/**
 * What the kernel's own names mean to this room, as data: containers, locks,
 * reference counts, pins of an address space, the slots of the ops tables.
 * Read off include/linux/ of Linux 6.1 and 6.12; a new name is a row.
 */

/** A call that finds something in a container: which arguments are the container and the key; null for "the first one". */
interface LookupRow {
  readonly container: number;
  readonly key: number | null;
}

/** include/linux/xarray.h, idr.h, radix-tree.h, list.h, ioasid.h (until 6.1). */
export const LOOKUPS: ReadonlyMap<string, LookupRow> = new Map([
  ['xa_load', { container: 0, key: 1 }],
  ['idr_find', { container: 0, key: 1 }],
  ['radix_tree_lookup', { container: 0, key: 1 }],
  ['ioasid_find', { container: 0, key: 1 }],
  ['rhashtable_lookup', { container: 0, key: 1 }],
  ['rhashtable_lookup_fast', { container: 0, key: 1 }],
  ['xa_find', { container: 0, key: 1 }],
  ['list_first_entry', { container: 0, key: null }],
  ['list_first_entry_or_null', { container: 0, key: null }],
  ['list_last_entry', { container: 0, key: null }],
]);

/** A call that puts something into a container. */
interface FillRow {
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
  ['list_add_tail_rcu', { container: 1, key: null, value: 0, overwrites: true }],
  ['hlist_add_head', { container: 1, key: null, value: 0, overwrites: true }],
  ['hlist_add_head_rcu', { container: 1, key: null, value: 0, overwrites: true }],
  ['hash_add', { container: 0, key: 2, value: 1, overwrites: true }],
]);

/** Calls that take something out of a container that they name. */
export const REMOVES: ReadonlyMap<string, number> = new Map([
  ['xa_erase', 0],
  ['idr_remove', 0],
  ['radix_tree_delete', 0],
  ['rhashtable_remove_fast', 0],
]);

/** Walks over a list: which arguments are the cursor and the head. include/linux/list.h, xarray.h. */
export const WALKS: ReadonlyMap<string, { readonly cursor: number; readonly container: number }> = new Map([
  ['list_for_each_entry', { cursor: 0, container: 1 }],
  ['list_for_each_entry_rcu', { cursor: 0, container: 1 }],
  ['list_for_each_entry_safe', { cursor: 0, container: 2 }],
  ['list_for_each_entry_reverse', { cursor: 0, container: 1 }],
  ['hlist_for_each_entry', { cursor: 0, container: 1 }],
  ['list_for_each_entry_safe_reverse', { cursor: 0, container: 2 }],
  ['list_for_each_entry_srcu', { cursor: 0, container: 1 }],
  ['hlist_for_each_entry_rcu', { cursor: 0, container: 1 }],
  ['hash_for_each_possible', { cursor: 1, container: 0 }],
  ['hash_for_each', { cursor: 2, container: 0 }],
  ['idr_for_each_entry', { cursor: 1, container: 0 }],
  ['xa_for_each', { cursor: 2, container: 0 }],
  ['xa_for_each_range', { cursor: 2, container: 0 }],
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

/** Functions that drop one, with the argument that names what is done at zero, if it is given here. */
export const PUTS: ReadonlyMap<string, number | null> = new Map([
  ['refcount_dec_and_test', null],
  ['refcount_sub_and_test', null],
  ['refcount_dec', null],
  ['refcount_dec_and_mutex_lock', null],
  ['refcount_dec_and_lock', null],
  ['refcount_dec_and_lock_irqsave', null],
  ['atomic_dec_and_test', null],
  ['atomic_long_dec_and_test', null],
  ['atomic64_dec_and_test', null],
  ['atomic_dec_and_lock', null],
  ['atomic_dec_and_mutex_lock', null],
  ['kref_put', 1],
  ['kref_put_mutex', 1],
  ['kref_put_lock', 1],
  ['percpu_ref_put', null],
  ['percpu_ref_kill', null],
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
  ['mmu_interval_notifier_insert_locked', 1],
  ['get_task_mm', null],
  ['mm_access', null],
  ['mm_alloc', null],
]);

/**
 * Functions that give up what keeps an mm_struct, by argument: an object whose
 * member is passed to one of them had a reference from somewhere.
 */
export const UNPINS_MM: ReadonlyMap<string, number> = new Map([
  ['mmdrop', 0],
  ['mmdrop_async', 0],
  ['mmput', 0],
  ['mmput_async', 0],
  ['mmu_notifier_unregister', 1],
]);

/**
 * Structs that point to an mm which they do not outlive: parts of it, and
 * arguments on somebody's stack. include/linux/mm_types.h, mmu_notifier.h,
 * pagewalk.h, sched.h (a task holds mm_users from fork to exit), binfmts.h.
 */
export const BORROWS_MM: ReadonlySet<string> = new Set([
  'struct vm_area_struct',
  'struct mmu_notifier_range',
  'struct mmu_gather',
  'struct mm_walk',
  'struct vma_iterator',
  'struct task_struct',
  'struct linux_binprm',
  'struct iommu_mm_data',
]);

/** Functions that read the PASID of the mm which is their argument. include/linux/iommu.h (6.8), sched/mm.h. */
export const PASID_OF_MM: ReadonlyMap<string, number> = new Map([
  ['mm_get_enqcmd_pasid', 0],
  ['mm_get_pasid', 0],
  ['iommu_get_mm_pasid', 0],
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
  'devm_kmalloc',
  'devm_kcalloc',
  'kvmalloc',
  'kvcalloc',
  'kvmalloc_array',
  'kmalloc_node',
  'kmemdup',
  'kmem_cache_alloc_node',
  'kzalloc_obj',
  'kmalloc_obj',
]);
export const FREES: ReadonlySet<string> = new Set([
  'kfree',
  'kvfree',
  'kfree_rcu',
  'kvfree_rcu',
  'devm_kfree',
  'kfree_sensitive',
  'kmem_cache_free',
]);

/** Functions that give an error pointer for what is not there and NULL for what is there and is nothing. drivers/iommu/ioasid.c, 6.1. */
export const GIVES_BOTH: ReadonlySet<string> = new Set(['ioasid_find', 'iommu_sva_find']);
