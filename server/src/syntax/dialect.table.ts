/**
 * The kernel's dialect of C, as data: words that the grammar of standard C
 * does not know, and what stands for them before parsing. Counts and places
 * were taken from drivers/iommu and drivers/vfio of Linux 6.1 and 6.12. What a
 * mask does to the text is in mask.ts; a new word is a row here.
 */

/** How many parenthesised argument lists follow an annotation. */
type AnnotationShape = 'bare' | 'with-arguments';

/** Words that qualify a declaration and are blanked; the item remembers them as attributes. */
export const ANNOTATIONS: ReadonlyMap<string, AnnotationShape> = new Map([
  ...[
    // include/linux/compiler_types.h, compiler_attributes.h
    ...['__user', '__iomem', '__percpu', '__rcu', '__force', '__nocast', '__kernel', '__private', '__safe'],
    ...[
      '__maybe_unused',
      '__always_unused',
      '__used',
      '__must_check',
      '__packed',
      '__pure',
      '__cold',
      '__hot',
    ],
    ...['__weak', '__deprecated', '__noreturn', '__malloc', '__always_inline', '__no_kcsan', '__noendbr'],
    ...['noinline', 'noinline_for_stack', '__noinline', '__noclone', '__noipa', '__no_sanitize_address'],
    ...[
      '__no_randomize_layout',
      '__randomize_layout',
      '__designated_init',
      '__visible',
      'notrace',
      'asmlinkage',
    ],
    ...[
      '__visible_for_testing',
      'VISIBLE_IF_KUNIT',
      '__naked',
      '__ref',
      '__refdata',
      '__refconst',
      '__flatten',
    ],
    // include/linux/init.h
    ...[
      '__init',
      '__initdata',
      '__initconst',
      '__exit',
      '__exitdata',
      '__init_or_module',
      '__initdata_or_module',
    ],
    ...['__meminit', '__meminitdata', '__cpuinit', '__devinit', '__devexit', '__net_init', '__net_exit'],
    ...['__init_refok', '__exit_p', '__initdata_memblock', '__init_memblock'],
    // include/linux/cache.h
    ...['__read_mostly', '__ro_after_init', '____cacheline_aligned', '____cacheline_aligned_in_smp'],
    ...['__cacheline_aligned', '__cacheline_aligned_in_smp', '__cacheline_internodealigned_in_smp'],
    ...['__page_aligned_bss', '__page_aligned_data', '__bitwise', '__bitwise__', '__bpf_kfunc', '__earlycon'],
    ...['__list_valid_slowpath', '__signed_wrap', '__static_call_return0'],
    ...[
      '__latent_entropy',
      '__attribute_const__',
      '__cpuidle',
      '__sched',
      '__kprobes',
      '__lockfunc',
      '__syscall',
    ],
  ].map((word) => [word, 'bare'] as const),
  ...[
    ...[
      '__must_hold',
      '__acquires',
      '__releases',
      '__acquire',
      '__release',
      '__cond_acquires',
      '__cond_lock',
    ],
    ...[
      '__guarded_by',
      '__pt_guarded_by',
      '__printf',
      '__scanf',
      '__aligned',
      '__section',
      '__free',
      '__cleanup',
    ],
    ...[
      '__counted_by',
      '__counted_by_le',
      '__counted_by_be',
      '__alloc_size',
      '__assume_aligned',
      '__realloc_size',
    ],
    ...[
      '__nonstring_size',
      '__attribute',
      '__no_sanitize',
      '__alias',
      '__diagnose_as',
      '__mode',
      '__releases_shared',
    ],
    ...[
      '__must_hold_shared',
      '__acquires_shared',
      '__attribute__',
      '__counted_by_ptr',
      '__designated_init_args',
      '__diag_ignore',
      '__copy',
    ],
  ].map((word) => [word, 'with-arguments'] as const),
]);

/** Macros that take a type where C wants an expression: name → indices of the type arguments. */
export const TYPE_ARGUMENTS: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ['container_of', [1]],
  ['container_of_const', [1]],
  ['min_t', [0]],
  ['max_t', [0]],
  ['clamp_t', [0]],
  ['swap_t', [0]],
  ['offsetof', [0]],
  ['offsetofend', [0]],
  ['sizeof_field', [0]],
  ['typecheck', [0]],
  ['rb_entry', [1]],
  ['rb_entry_safe', [1]],
  ['list_entry', [1]],
  ['list_first_entry', [1]],
  ['list_first_entry_or_null', [1]],
  ['list_last_entry', [1]],
  ['hlist_entry', [1]],
  ['llist_entry', [1]],
  ['va_arg', [1]],
  ['iommu_get_iommu_dev', [1]],
  ['iommufd_object_alloc', [1]],
  ['__iommufd_object_alloc', [1]],
  ['iommufd_viommu_alloc', [1]],
  ['vfio_alloc_device', [0]],
  ['IOCTL_OP', [2]],
  ['kzalloc_obj', [0]],
  ['kmalloc_obj', [0]],
]);

/**
 * Macros that declare an object: name → which argument is its name, and the
 * type that it gets. At file scope, in a struct and in a function alike.
 */
export const DECLARING: ReadonlyMap<string, { readonly nameAt: number; readonly type: string }> = new Map([
  ['DEFINE_MUTEX', { nameAt: 0, type: 'struct mutex' }],
  ['DEFINE_SPINLOCK', { nameAt: 0, type: 'spinlock_t' }],
  ['DEFINE_RAW_SPINLOCK', { nameAt: 0, type: 'raw_spinlock_t' }],
  ['DEFINE_RWLOCK', { nameAt: 0, type: 'rwlock_t' }],
  ['DECLARE_RWSEM', { nameAt: 0, type: 'struct rw_semaphore' }],
  ['DEFINE_SEMAPHORE', { nameAt: 0, type: 'struct semaphore' }],
  ['DEFINE_XARRAY', { nameAt: 0, type: 'struct xarray' }],
  ['DEFINE_XARRAY_ALLOC', { nameAt: 0, type: 'struct xarray' }],
  ['DEFINE_XARRAY_ALLOC1', { nameAt: 0, type: 'struct xarray' }],
  ['DEFINE_XARRAY_FLAGS', { nameAt: 0, type: 'struct xarray' }],
  ['DEFINE_IDA', { nameAt: 0, type: 'struct ida' }],
  ['DEFINE_IDR', { nameAt: 0, type: 'struct idr' }],
  ['DECLARE_IOASID_SET', { nameAt: 0, type: 'struct ioasid_set' }],
  ['LIST_HEAD', { nameAt: 0, type: 'struct list_head' }],
  ['HLIST_HEAD', { nameAt: 0, type: 'struct hlist_head' }],
  ['LLIST_HEAD', { nameAt: 0, type: 'struct llist_head' }],
  ['DEFINE_HASHTABLE', { nameAt: 0, type: 'struct hlist_head' }],
  ['DECLARE_HASHTABLE', { nameAt: 0, type: 'struct hlist_head' }],
  ['DECLARE_BITMAP', { nameAt: 0, type: 'unsigned long' }],
  ['DECLARE_FLEX_ARRAY', { nameAt: 1, type: 'unsigned long' }],
  ['DECLARE_WORK', { nameAt: 0, type: 'struct work_struct' }],
  ['DECLARE_DELAYED_WORK', { nameAt: 0, type: 'struct delayed_work' }],
  ['DECLARE_COMPLETION', { nameAt: 0, type: 'struct completion' }],
  ['DECLARE_COMPLETION_ONSTACK', { nameAt: 0, type: 'struct completion' }],
  ['DECLARE_WAIT_QUEUE_HEAD', { nameAt: 0, type: 'struct wait_queue_head' }],
  ['DEFINE_RATELIMIT_STATE', { nameAt: 0, type: 'struct ratelimit_state' }],
  ['DEFINE_STATIC_KEY_FALSE', { nameAt: 0, type: 'struct static_key_false' }],
  ['DEFINE_STATIC_KEY_TRUE', { nameAt: 0, type: 'struct static_key_true' }],
  ['DECLARE_STATIC_KEY_FALSE', { nameAt: 0, type: 'struct static_key_false' }],
  ['DECLARE_FAULT_ATTR', { nameAt: 0, type: 'struct fault_attr' }],
  ['DEFINE_INTERVAL_TREE', { nameAt: 0, type: 'struct rb_root_cached' }],
  ['DEFINE_PER_CPU', { nameAt: 1, type: 'void' }],
  ['DECLARE_PER_CPU', { nameAt: 1, type: 'void' }],
  ['DEFINE_MMU_NOTIFIER', { nameAt: 0, type: 'struct mmu_notifier' }],
  ['DEFINE_SRCU', { nameAt: 0, type: 'struct srcu_struct' }],
  ['DEFINE_STATIC_SRCU', { nameAt: 0, type: 'struct srcu_struct' }],
]);

/** `for_each…` names that are functions taking a callback, not loops. */
export const NOT_LOOPS: ReadonlySet<string> = new Set([
  'pci_for_each_dma_alias',
  'iommu_group_for_each_dev',
  'bus_for_each_dev',
  'bus_for_each_drv',
  'driver_for_each_device',
  'class_for_each_device',
  'device_for_each_child',
  'device_for_each_child_reverse',
  'vfio_pci_for_each_slot_or_bus',
  'iova_bitmap_for_each',
  'idr_for_each',
]);

/** Loops whose name does not say so, and blocks that a scope guard opens. */
export const LOOPS_BY_NAME: ReadonlySet<string> = new Set([
  'scoped_guard',
  'scoped_cond_guard',
  'scoped_class',
]);
