/** What the shapes of calls mean to the readers of oddities, as data: read off include/linux/ of Linux 6.1 and 6.12. */

/** Stores that answer with the old entry or an encoded error, by the argument that is stored. include/linux/xarray.h. */
export const XA_ANSWERS: ReadonlyMap<string, number> = new Map([
  ['xa_store', 2],
  ['xa_store_irq', 2],
  ['xa_store_bh', 2],
  ['__xa_store', 2],
  ['xa_cmpxchg', 3],
  ['__xa_cmpxchg', 3],
  ['xa_store_range', 3],
]);

/** Walks over an xarray whose second argument is the index of the entry at hand. include/linux/xarray.h (6.12). */
export const WALKED_BY_INDEX: ReadonlySet<string> = new Set([
  'xa_for_each',
  'xa_for_each_range',
  'xa_for_each_start',
  'xa_for_each_marked',
]);

/** Functions whose answer is no error number that is worth handing on: they ask, wait, or parse what a user wrote. */
export const NO_ERRNO =
  /^(?:kstrto|sscanf|strcmp|strncmp|memcmp|copy_(?:from|to)_user|get_user|put_user|wait_|read_poll|readl_poll|dma_mapping_error|atomic_|test_|is_|has_|pci_read_config|pci_write_config|match_|smp_)/;

/** Functions of the kernel that say by a negative number what failed, where callers make one number of all. include/linux/ of 6.12. */
export const GIVES_ERRNO: ReadonlySet<string> = new Set(
  (
    'platform_get_irq platform_get_irq_byname platform_get_irq_optional clk_prepare_enable clk_bulk_prepare_enable ' +
    'devm_request_irq request_irq devm_request_threaded_irq request_threaded_irq pci_enable_device pcim_enable_device ' +
    'pci_request_regions pci_alloc_irq_vectors regulator_enable reset_control_assert reset_control_deassert ' +
    'device_add device_register iommu_attach_device iommu_attach_group ' +
    'iommu_device_register iommu_device_sysfs_add dma_set_mask_and_coherent platform_driver_register misc_register ' +
    'component_add of_dma_configure iommu_fwspec_init iommu_fwspec_add_ids pci_enable_pasid pci_enable_pri pci_enable_ats'
  ).split(' '),
);

/** Functions that do nothing when they are given NULL. mm/slab_common.c:kfree, mm/vmalloc.c:vfree (6.12) and their like. */
export const TAKES_NULL: ReadonlySet<string> = new Set(
  (
    'kfree kvfree vfree kfree_sensitive kvfree_sensitive free_percpu bitmap_free debugfs_remove ' +
    'debugfs_remove_recursive put_device of_node_put clk_disable_unprepare clk_put platform_device_put ' +
    'iommu_fwspec_free free_io_pgtable_ops iounmap fwnode_handle_put mempool_destroy kmem_cache_destroy pci_dev_put ' +
    'dma_pool_destroy icc_put icc_set_bw reset_control_put reset_control_assert reset_control_deassert clk_disable ' +
    'clk_prepare_enable clk_enable gpiod_put gpiod_set_value'
  ).split(' '),
);

/** Macros and functions whose result points into an object, and so is never NULL. include/linux/container_of.h, list.h. */
export const NEVER_NULL: ReadonlySet<string> = new Set(
  (
    'container_of container_of_const list_entry list_first_entry list_last_entry list_next_entry list_prev_entry hlist_entry ' +
    'rb_entry to_pci_dev to_platform_device dev_iommu_ops iommu_get_dma_cookie_of'
  ).split(' '),
);

/** The functions of debugfs, whose failure nobody needs to handle. Documentation/filesystems/debugfs.rst (6.12). */
export const DEBUGFS = /^debugfs_create_\w+$/;

/** Functions that number things from a range: which argument is the largest number, itself included. include/linux/idr.h, xarray.h, ioasid.h (6.1). */
export const INCLUSIVE_LIMIT: ReadonlyMap<string, number> = new Map([
  ['ida_alloc_range', 2],
  ['ida_alloc_max', 1],
  ['ioasid_alloc', 2],
  ['iommu_sva_alloc_pasid', 2],
  // include/linux/xarray.h: what xa_alloc() takes
  ['XA_LIMIT', 1],
]);

/** Internal functions of the xarray, which take no lock themselves. include/linux/xarray.h. */
export const XA_INTERNAL: ReadonlySet<string> = new Set([
  '__xa_store',
  '__xa_cmpxchg',
  '__xa_insert',
  '__xa_erase',
  '__xa_alloc',
  '__xa_set_mark',
  '__xa_clear_mark',
]);

/** Calls that undo one another, by the word in their names. */
export const OPPOSITES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/attach(?=_|$)/, ['detach', 'remove', 'set_domain', 'restore']],
  [/(?:^|_)enable(?=_|$)/, ['disable']],
  [/(?:^|_)map(?:_|$)/, ['unmap']],
  [/(?:^|_)register/, ['unregister', 'remove']],
  [/(?:^|_)prepare/, ['unprepare']],
  [/(?:^|_)pin(?:_|$)/, ['unpin', 'put']],
  [/(?:^|_)bind(?:_|$)/, ['unbind', 'release', 'put']],
  [/(?:^|_)request(?:_|$)/, ['free', 'release']],
  [/(?:^|_)reserve(?:_|$)/, ['free', 'release', 'unreserve']],
];

/** Slots of dma_map_ops that run for every buffer. include/linux/dma-map-ops.h. */
export const MAP_SLOTS = 'map_page unmap_page map_sg unmap_sg map_resource unmap_resource'.split(' ');

/** Functions of the DMA API over an IOMMU that run for every buffer. drivers/iommu/dma-iommu.c (5.1 to 6.12). */
export const MAP_PATH: ReadonlySet<string> = new Set(
  (
    '__iommu_dma_map __iommu_dma_unmap iommu_dma_map_page iommu_dma_unmap_page iommu_dma_map_sg iommu_dma_unmap_sg ' +
    '__iommu_dma_map_swiotlb __iommu_dma_unmap_swiotlb iommu_dma_map_sg_swiotlb iommu_dma_map_resource iommu_dma_sync_single_for_cpu ' +
    'iommu_dma_sync_single_for_device iommu_dma_sync_sg_for_cpu iommu_dma_sync_sg_for_device'
  ).split(' '),
);

/**
 * Containers of the kernel's own structs and the lock that goes with them, as
 * a member of the struct or a variable of the file. drivers/iommu/iommu.c, intel/iommu.c (5.19, 6.1),
 * arm/arm-smmu-v3/arm-smmu-v3.c, amd/iommu.c, drivers/vfio/vfio_iommu_type1.c (6.1), io-pgfault.c (6.1).
 */
export const LOCK_OF: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'struct iommu_group',
    new Map([
      ['pasid_array', 'mutex'],
      ['devices', 'mutex'],
    ]),
  ],
  [
    'struct dmar_domain',
    new Map([
      ['devices', 'lock'],
      ['subdevices', 'lock'],
      ['iommu_array', 'lock'],
    ]),
  ],
  [
    'struct arm_smmu_domain',
    new Map([
      ['devices', 'devices_lock'],
      ['mmu_notifiers', 'sva_lock'],
    ]),
  ],
  ['struct protection_domain', new Map([['dev_list', 'lock']])],
  [
    'struct vfio_iommu',
    new Map([
      ['domain_list', 'lock'],
      ['dma_list', 'lock'],
      ['iova_list', 'lock'],
      ['emulated_iommu_groups', 'lock'],
    ]),
  ],
  ['struct vfio_group', new Map([['device_list', 'device_lock']])],
  ['struct iopf_queue', new Map([['devices', 'lock']])],
]);

/** Families of allocators and releasers: what one gave only the same takes back. include/linux/slab.h, gfp.h, dma-mapping.h, vmalloc.h. */
export const ALLOCATOR_FAMILIES: readonly {
  readonly name: string;
  readonly gives: RegExp;
  readonly takes: RegExp;
  /** Which argument it takes back. */
  readonly taken: number;
}[] = [
  {
    name: 'slab',
    // lib/bitmap.c:bitmap_alloc, bitmap_free (6.12)
    gives:
      /^k[mzc]alloc(?:_array|_node)?$|^kmemdup(?:_nul)?$|^kstrn?dup$|^kv?asprintf$|^bitmap_z?alloc(?:_node)?$/,
    takes: /^kfree(?:_rcu|_sensitive)?$|^bitmap_free$/,
    taken: 0,
  },
  {
    name: 'pages',
    gives: /^(?:__)?get_(?:free_pages?|zeroed_page)$|^alloc_pgtable_page$/,
    takes: /^free_pages?$|^__free_pages?$|^free_pgtable_page$/,
    taken: 0,
  },
  {
    name: 'coherent DMA memory',
    gives: /^dmam?_alloc_(?:coherent|attrs)$/,
    takes: /^dmam?_free_(?:coherent|attrs)$/,
    taken: 2,
  },
  { name: 'device-managed memory', gives: /^devm_k[mzc]alloc(?:_array)?$/, takes: /^devm_kfree$/, taken: 1 },
  { name: 'vmalloc', gives: /^(?:__)?v[mzc]alloc(?:_array|_user|_node)?$/, takes: /^vfree$/, taken: 0 },
  // mm/util.c:kvfree takes what either allocator gave (6.12).
  {
    name: 'kvmalloc',
    gives: /^(?:k|__)?v[mzc]alloc(?:_array|_user|_node)?$|^k[mzc]alloc(?:_array|_node)?$/,
    takes: /^kvfree(?:_rcu|_sensitive)?$/,
    taken: 0,
  },
];

/**
 * What is registered and stays until it is taken back by name, and by which function: nothing that goes with its device.
 * drivers/iommu/iommu-sysfs.c, iommu.c, iova.c, include/linux/device/bus.h, miscdevice.h (6.12); fault handlers of a device: iommu.c (5.3 to 6.8).
 */
export const REGISTRATIONS: ReadonlyMap<string, string> = new Map([
  ['iommu_device_sysfs_add', 'iommu_device_sysfs_remove'],
  ['iommu_device_register', 'iommu_device_unregister'],
  ['iova_cache_get', 'iova_cache_put'],
  ['bus_register_notifier', 'bus_unregister_notifier'],
  ['misc_register', 'misc_deregister'],
  ['platform_driver_register', 'platform_driver_unregister'],
  ['pci_register_driver', 'pci_unregister_driver'],
  ['register_memory_notifier', 'unregister_memory_notifier'],
  ['iopf_queue_add_device', 'iopf_queue_remove_device'],
  ['iommu_register_device_fault_handler', 'iommu_unregister_device_fault_handler'],
  ['vfio_register_iommu_driver', 'vfio_unregister_iommu_driver'],
  ['vfio_register_group_dev', 'vfio_unregister_group_dev'],
]);

/** From then on the driver's functions may run. drivers/base/driver.c:driver_register (6.12). */
export const REGISTERS_DRIVER: ReadonlySet<string> = new Set([
  'platform_driver_register',
  'pci_register_driver',
  'bus_set_iommu',
  'misc_register',
]);

/** Functions that take a length, which has no sign, and the argument that is it. include/linux/uaccess.h, fs.h, string.h, slab.h. */
export const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['simple_read_from_buffer', 4],
  ['simple_write_to_buffer', 4],
  ['copy_to_user', 2],
  ['copy_from_user', 2],
  ['memcpy', 2],
  ['memmove', 2],
  ['memset', 2],
  ['kmalloc', 0],
  ['kzalloc', 0],
  ['vmalloc', 0],
]);

/**
 * Loops that hold a reference of what each round is about and put it before the
 * next: whoever leaves early has to put it. Which argument is the cursor, and who
 * puts it. include/linux/pci.h, of.h, of_graph.h, property.h (6.12).
 */
export const HOLDING_WALKS: ReadonlyMap<string, { readonly cursor: number; readonly put: string }> = new Map([
  ['for_each_pci_dev', { cursor: 0, put: 'pci_dev_put' }],
  ['for_each_child_of_node', { cursor: 1, put: 'of_node_put' }],
  ['for_each_available_child_of_node', { cursor: 1, put: 'of_node_put' }],
  ['for_each_compatible_node', { cursor: 0, put: 'of_node_put' }],
  ['for_each_matching_node', { cursor: 0, put: 'of_node_put' }],
  ['for_each_matching_node_and_match', { cursor: 0, put: 'of_node_put' }],
  ['for_each_node_by_name', { cursor: 0, put: 'of_node_put' }],
  ['for_each_node_by_type', { cursor: 0, put: 'of_node_put' }],
  ['for_each_node_with_property', { cursor: 0, put: 'of_node_put' }],
  ['for_each_of_cpu_node', { cursor: 0, put: 'of_node_put' }],
  ['for_each_endpoint_of_node', { cursor: 1, put: 'of_node_put' }],
  ['device_for_each_child_node', { cursor: 1, put: 'fwnode_handle_put' }],
  ['fwnode_for_each_child_node', { cursor: 1, put: 'fwnode_handle_put' }],
  ['fwnode_for_each_available_child_node', { cursor: 1, put: 'fwnode_handle_put' }],
]);

/** Functions that say how many bytes they left, and no error number. include/linux/uaccess.h (6.12). */
export const COUNTS_LEFT: ReadonlySet<string> = new Set([
  'copy_to_user',
  'copy_from_user',
  '__copy_to_user',
  '__copy_from_user',
  'clear_user',
  '__clear_user',
]);

/** Frees that take an error pointer for nothing. drivers/reset/core.c, clk/clk.c, regulator/core.c, phy-core.c, gpio (6.12); fs/dcache.c:dput does not. */
export const ERROR_POINTERS_TAKEN =
  /^(?:(?:devm_)?(?:reset_control|clk|regulator|phy|gpiod|icc|nvmem_cell|iio_channel|pwm|of_reset_control)(?:_bulk)?_put|debugfs_remove\w*|kunit_\w+)$/;
