/** What crosses the border of memory: registers, DMA, user memory, and the queues of virtual devices. */
import type { Effect } from './effects.js';
import { NO_MEMORY, NO_MEMORY_POINTER, type Options, type Primitive, primitives } from './primitive.js';
import {
  argument,
  BOOL,
  constant,
  FRESH,
  failsWith,
  find,
  forget,
  forgetAnyway,
  INTEGER,
  MASK,
  mayFail,
  NOTHING,
  OPAQUE,
  POINTER,
  POINTER_OR_NULL,
  PURE,
  release,
  SLEEPS,
  SUCCEEDS,
  sleepsAndMayFail,
  UNSIGNED,
} from './rows.js';

const read = (place = 0): Effect => ({ do: 'io', what: 'read', place });
const write = (place = 1): Effect => ({ do: 'io', what: 'write', place });
const poll = (place: number, out: number): Effect => ({ do: 'io', what: 'poll', place, out });

const POLLED = 'The condition is met at once, unless the wait times out.';
const POLL: Options = { ...mayFail('ETIMEDOUT'), simplified: POLLED };
const SLEEPING_POLL: Options = { ...sleepsAndMayFail('ETIMEDOUT'), simplified: POLLED };
/** Copies to and from user memory give the number of bytes that were not copied. */
const NOT_COPIED: Options = { context: 'sleeps', returns: 'unsigned', fails: failsWith('EFAULT', 'nonzero') };
const MAPPED: Options = { context: 'sleeps', returns: 'pointer-or-null', fails: NO_MEMORY };
const ERROR_POINTER: Options = {
  context: 'sleeps',
  returns: 'pointer',
  fails: failsWith('ENOMEM', 'error-pointer'),
};
const BUFFER = 'A buffer that is not freed is not noticed.';
const PINNED: Options = {
  context: 'sleeps',
  returns: 'id',
  fails: failsWith('EFAULT'),
  simplified: 'Pins are not counted.',
};
/** A device gets the address of what the second argument points to. */
const MAPS: Effect = { do: 'fresh', maps: 1 };
const free = (what: number): Effect => ({ do: 'free', what, lifetime: 'heap' });

export const IO: readonly Primitive[] = [
  ...primitives('include/asm-generic/io.h', [
    [
      'readb readw readl readq readb_relaxed readw_relaxed readl_relaxed readq_relaxed',
      'address',
      read(),
      UNSIGNED,
    ],
    ['__raw_readb __raw_readw __raw_readl __raw_readq', 'address', read(), UNSIGNED],
    ['ioread8 ioread16 ioread32 ioread64 ioread16be ioread32be ioread64be', 'address', read(), UNSIGNED],
    [
      'writeb writew writel writeq writeb_relaxed writew_relaxed writel_relaxed writeq_relaxed',
      'value address',
      write(),
    ],
    ['__raw_writeb __raw_writew __raw_writel __raw_writeq', 'value address', write()],
    ['iowrite8 iowrite16 iowrite32 iowrite64 iowrite16be iowrite32be iowrite64be', 'value address', write()],
    ['memcpy_toio', 'to from size', write(0)],
    ['memset_io', 'to value size', write(0)],
    ['memcpy_fromio', 'to from size', forget(0)],
    ['ioremap ioremap_wc ioremap_uc ioremap_np ioremap_encrypted', 'physical size', find('mapping'), MAPPED],
    ['iounmap', 'address', release('mapping'), SLEEPS],
    ['ioport_map', 'port count', FRESH, MAPPED],
    ['ioport_unmap', 'address', NOTHING],
  ]),
  ...primitives('include/linux/io-64-nonatomic-hi-lo.h', [
    ['hi_lo_readq hi_lo_readq_relaxed', 'address', read(), UNSIGNED],
    ['hi_lo_writeq hi_lo_writeq_relaxed', 'value address', write()],
  ]),
  ...primitives('include/linux/io-64-nonatomic-lo-hi.h', [
    ['lo_hi_readq lo_hi_readq_relaxed', 'address', read(), UNSIGNED],
    ['lo_hi_writeq lo_hi_writeq_relaxed', 'value address', write()],
  ]),
  ...primitives('arch/powerpc/include/asm/io.h', [
    ['in_be32 in_le32', 'address', read(), UNSIGNED],
    ['out_be32 out_le32', 'address value', write(0)],
  ]),
  ...primitives('include/linux/io.h', [
    ['__iowrite32_copy __iowrite64_copy', 'to from count', write(0)],
    ['memremap', 'physical size flags', find('mapping'), MAPPED],
    ['memunmap', 'address', release('mapping'), SLEEPS],
    ['devm_ioremap', 'device physical size', FRESH, MAPPED],
    ['devm_memremap', 'device physical size flags', FRESH, ERROR_POINTER],
  ]),
  ...primitives('arch/x86/include/asm/io.h', [['iosubmit_cmds512', 'to from count', write(0)]]),
  ...primitives('arch/x86/include/asm/special_insns.h', [['movdir64b', 'to from', write(0)]]),
  ...primitives('include/asm-generic/early_ioremap.h', [
    ['early_ioremap', 'physical size', FRESH, MAPPED],
    ['early_iounmap', 'address size', NOTHING],
  ]),
  ...primitives('include/linux/device/devres.h', [
    // lib/devres.c:__devm_ioremap_resource() (6.12): no resource is an invalid one.
    [
      'devm_ioremap_resource',
      'device resource',
      FRESH,
      { ...ERROR_POINTER, fails: { ...NO_MEMORY_POINTER, refuses: 1 } },
    ],
  ]),
  ...primitives('include/asm-generic/pci_iomap.h', [
    ['pci_iomap', 'device bar most', FRESH, MAPPED],
    ['pci_iounmap', 'device address', NOTHING],
  ]),
  ...primitives('arch/x86/include/asm/cacheflush.h', [['clflush_cache_range', 'address size', NOTHING]]),
  ...primitives('include/asm-generic/cacheflush.h', [['flush_dcache_page', 'page', NOTHING]]),
  ...primitives('include/linux/dma-map-ops.h', [
    ['arch_sync_dma_for_cpu arch_sync_dma_for_device', 'physical size direction', NOTHING],
    ['dev_is_dma_coherent', 'device', PURE, BOOL],
    ['set_dma_ops', 'device operations', NOTHING],
    ['dma_pgprot', 'device protection attributes', argument(1)],
  ]),
  ...primitives('include/linux/iopoll.h', [
    [
      'readl_poll_timeout readq_poll_timeout readw_poll_timeout readb_poll_timeout',
      'address value condition sleep timeout',
      poll(0, 1),
      SLEEPING_POLL,
    ],
    [
      'readl_relaxed_poll_timeout readq_relaxed_poll_timeout',
      'address value condition sleep timeout',
      poll(0, 1),
      SLEEPING_POLL,
    ],
    [
      'readl_poll_timeout_atomic readq_poll_timeout_atomic',
      'address value condition delay timeout',
      poll(0, 1),
      POLL,
    ],
    ['readl_relaxed_poll_timeout_atomic', 'address value condition delay timeout', poll(0, 1), POLL],
    ['readx_poll_timeout', 'read address value condition sleep timeout', poll(1, 2), SLEEPING_POLL],
    ['readx_poll_timeout_atomic', 'read address value condition delay timeout', poll(1, 2), POLL],
    ['read_poll_timeout', 'read value condition sleep timeout before address', poll(6, 1), SLEEPING_POLL],
    ['read_poll_timeout_atomic', 'read value condition delay timeout before address', poll(6, 1), POLL],
    ['poll_timeout_us', 'read condition sleep timeout before', SUCCEEDS, SLEEPING_POLL],
    ['poll_timeout_us_atomic', 'read condition delay timeout before', SUCCEEDS, POLL],
  ]),
  ...primitives('include/linux/regmap.h', [
    ['regmap_read', 'map register out', forget(2), sleepsAndMayFail('EIO')],
    ['regmap_write', 'map register value', SUCCEEDS, sleepsAndMayFail('EIO')],
    ['regmap_update_bits', 'map register mask value', SUCCEEDS, sleepsAndMayFail('EIO')],
    ['regmap_set_bits regmap_clear_bits', 'map register bits', SUCCEEDS, sleepsAndMayFail('EIO')],
    ['regmap_read_poll_timeout', 'map register value condition sleep timeout', poll(0, 2), SLEEPING_POLL],
  ]),
  ...primitives('include/linux/dma-mapping.h', [
    ['dma_map_single', 'device memory size direction', MAPS, UNSIGNED],
    ['dma_map_single_attrs', 'device memory size direction attributes', MAPS, UNSIGNED],
    ['dma_map_page', 'device page offset size direction', MAPS, UNSIGNED],
    ['dma_map_page_attrs', 'device page offset size direction attributes', MAPS, UNSIGNED],
    ['dma_map_resource', 'device physical size direction attributes', FRESH, UNSIGNED],
    [
      'dma_mapping_error',
      'device address',
      { do: 'mapped', address: 1 },
      { returns: 'integer', fails: failsWith('ENOMEM', 'nonzero') },
    ],
    ['dma_unmap_single dma_unmap_page', 'device address size direction', NOTHING],
    [
      'dma_unmap_single_attrs dma_unmap_page_attrs dma_unmap_resource',
      'device address size direction attributes',
      NOTHING,
    ],
    ['dma_map_sg', 'device list count direction', FRESH, { ...UNSIGNED, fails: failsWith('ENOMEM', 'null') }],
    [
      'dma_map_sg_attrs',
      'device list count direction attributes',
      FRESH,
      { ...UNSIGNED, fails: failsWith('ENOMEM', 'null') },
    ],
    ['dma_unmap_sg', 'device list count direction', NOTHING],
    ['dma_unmap_sg_attrs', 'device list count direction attributes', NOTHING],
    ['dma_map_sgtable', 'device table direction attributes', SUCCEEDS, mayFail('ENOMEM')],
    ['dma_unmap_sgtable', 'device table direction attributes', NOTHING],
    ['dma_sync_single_for_device dma_sync_single_for_cpu', 'device address size direction', NOTHING],
    [
      'dma_sync_single_range_for_device dma_sync_single_range_for_cpu',
      'device address offset size direction',
      NOTHING,
    ],
    ['dma_sync_sg_for_device dma_sync_sg_for_cpu', 'device list count direction', NOTHING],
    [
      'dma_alloc_coherent dma_alloc_wc',
      'device size handle gfp',
      forget(2),
      { context: { gfp: 3 }, returns: 'pointer', fails: NO_MEMORY, simplified: BUFFER },
    ],
    [
      'dma_alloc_attrs',
      'device size handle gfp attributes',
      forget(2),
      { context: { gfp: 3 }, returns: 'pointer', fails: NO_MEMORY, simplified: BUFFER },
    ],
    [
      'dmam_alloc_coherent',
      'device size handle gfp',
      forget(2),
      { context: { gfp: 3 }, returns: 'pointer', fails: NO_MEMORY },
    ],
    [
      'dmam_alloc_attrs',
      'device size handle gfp attributes',
      forget(2),
      { context: { gfp: 3 }, returns: 'pointer', fails: NO_MEMORY },
    ],
    ['dma_free_coherent dma_free_wc', 'device size memory handle', free(2), SLEEPS],
    ['dma_free_attrs', 'device size memory handle attributes', free(2), SLEEPS],
    ['dmam_free_coherent', 'device size memory handle', NOTHING, SLEEPS],
    [
      'dma_set_mask_and_coherent dma_set_mask dma_set_coherent_mask',
      'device mask',
      SUCCEEDS,
      { ...mayFail('EIO'), mustCheck: true },
    ],
    ['dma_coerce_mask_and_coherent', 'device mask', SUCCEEDS, mayFail('EIO')],
    ['dma_set_max_seg_size dma_set_seg_boundary', 'device size', SUCCEEDS, { returns: 'errno' }],
    ['dma_get_max_seg_size', 'device', PURE, UNSIGNED],
    [
      'dma_get_mask dma_get_required_mask dma_get_min_align_mask dma_get_seg_boundary',
      'device',
      MASK,
      UNSIGNED,
    ],
    ['dma_mmap_coherent', 'device area memory handle size', OPAQUE, mayFail('ENXIO')],
    ['dma_get_sgtable', 'device table memory handle size', forget(1), mayFail('ENOMEM')],
    ['dma_unmap_addr dma_unmap_len', 'object member', FRESH, UNSIGNED],
    ['dma_unmap_addr_set dma_unmap_len_set', 'object member value', NOTHING],
    ['arch_iommu_dma_supported', 'device mask', PURE, INTEGER],
  ]),
  ...primitives('include/linux/dma-direct.h', [
    ['dma_range_map_min dma_range_map_max', 'map', PURE, UNSIGNED],
  ]),
  ...primitives('include/linux/swiotlb.h', [
    ['is_swiotlb_active is_swiotlb_force_bounce', 'device', PURE, BOOL],
  ]),
  ...primitives('include/linux/dmapool.h', [
    [
      'dma_pool_create',
      'name device size align boundary',
      FRESH,
      { ...MAPPED, simplified: 'A pool that is not destroyed is not noticed.' },
    ],
    ['dmam_pool_create', 'name device size align boundary', FRESH, MAPPED],
    ['dma_pool_destroy', 'pool', NOTHING, SLEEPS],
    [
      'dma_pool_alloc dma_pool_zalloc',
      'pool gfp handle',
      forget(2),
      { context: { gfp: 1 }, returns: 'pointer', fails: NO_MEMORY, simplified: BUFFER },
    ],
    ['dma_pool_free', 'pool memory handle', free(1)],
  ]),
  ...primitives('include/linux/scatterlist.h', [
    ['sg_dma_address sg_dma_len sg_phys', 'entry', FRESH, UNSIGNED],
    ['sg_page sg_virt', 'entry', FRESH, POINTER],
    ['sg_next', 'entry', FRESH, POINTER_OR_NULL],
    ['sg_is_last sg_is_chain sg_dma_is_bus_address sg_dma_is_swiotlb', 'entry', FRESH, BOOL],
    ['sg_dma_mark_bus_address sg_dma_unmark_bus_address sg_dma_mark_swiotlb', 'entry', NOTHING],
    ['sg_init_one', 'entry memory size', forget(0)],
    ['sg_init_table', 'list count', forget(0)],
    ['sg_set_page', 'entry page size offset', forget(0)],
    ['sg_set_buf', 'entry memory size', forget(0)],
    ['sg_mark_end', 'entry', forget(0)],
    [
      'sg_alloc_table',
      'table count gfp',
      forget(0),
      { ...mayFail('ENOMEM'), context: { gfp: 2 }, simplified: 'A table that is not freed is not noticed.' },
    ],
    [
      'sg_alloc_table_from_pages',
      'table pages count offset size gfp',
      forget(0),
      { ...mayFail('ENOMEM'), context: { gfp: 5 }, simplified: 'A table that is not freed is not noticed.' },
    ],
    ['sg_free_table', 'table', forget(0)],
  ]),
  ...primitives('include/linux/uaccess.h', [
    ['copy_from_user __copy_from_user', 'to from size', forget(0), NOT_COPIED],
    ['copy_to_user __copy_to_user', 'to from size', constant(0), NOT_COPIED],
    ['clear_user', 'to size', constant(0), NOT_COPIED],
    ['copy_struct_from_user', 'to size from user_size', forget(0), sleepsAndMayFail('EFAULT')],
    [
      'get_user __get_user',
      'out from',
      forget(0),
      { ...sleepsAndMayFail('EFAULT'), simplified: 'The value is not read.' },
    ],
    ['put_user __put_user', 'value to', SUCCEEDS, sleepsAndMayFail('EFAULT')],
    ['unsafe_get_user', 'out from label', NOTHING, { simplified: 'The value is not read, and never fails.' }],
    ['unsafe_put_user', 'value to label', NOTHING, { simplified: 'Never fails.' }],
    ['access_ok user_access_begin', 'from size', FRESH, BOOL],
    ['user_access_end', '', NOTHING],
  ]),
  ...primitives('include/linux/fs.h', [
    [
      'simple_read_from_buffer',
      'to count position from available',
      forget(2),
      { context: 'sleeps', returns: 'id' },
    ],
    [
      'simple_write_to_buffer',
      'to available position from count',
      forget(0, 2),
      { context: 'sleeps', returns: 'id' },
    ],
  ]),
  ...primitives('include/linux/uio.h', [
    ['copy_from_iter', 'to size iterator', forget(0, 2), { context: 'sleeps', returns: 'unsigned' }],
    ['copy_to_iter', 'from size iterator', forget(2), { context: 'sleeps', returns: 'unsigned' }],
  ]),
  ...primitives('include/linux/mm.h', [
    ['get_user_pages_fast pin_user_pages_fast', 'start count flags pages', forget(3), PINNED],
    ['get_user_pages_unlocked pin_user_pages_unlocked', 'start count pages flags', forget(2), PINNED],
    ['get_user_pages pin_user_pages', 'start count flags pages', forget(3), PINNED],
    [
      'get_user_pages_remote pin_user_pages_remote',
      'mm start count flags pages locked',
      forget(4, 5),
      { ...PINNED, simplified: 'Pins are not counted, and the lock of the mm is never dropped.' },
    ],
    ['unpin_user_page', 'page', NOTHING],
    ['unpin_user_pages', 'pages count', NOTHING],
    ['unpin_user_pages_dirty_lock', 'pages count dirty', NOTHING, SLEEPS],
    ['unpin_user_page_range_dirty_lock', 'page count dirty', NOTHING, SLEEPS],
    ['vma_lookup find_vma', 'mm address', FRESH, POINTER_OR_NULL],
    [
      'find_extend_vma find_extend_vma_locked',
      'mm address',
      FRESH,
      { ...POINTER_OR_NULL, context: 'sleeps' },
    ],
    ['find_vma_intersection', 'mm first last', FRESH, POINTER_OR_NULL],
    ['vma_iter_load vma_next', 'iterator', FRESH, POINTER_OR_NULL],
    ['handle_mm_fault', 'vma address flags registers', FRESH, { context: 'sleeps', returns: 'unsigned' }],
    ['fixup_user_fault', 'mm address flags unlocked', forget(3), sleepsAndMayFail('EFAULT')],
    ['follow_pfnmap_start', 'args', forget(0), mayFail('EINVAL')],
    ['follow_pfnmap_end', 'args', NOTHING],
    ['follow_pte', 'vma address entry lock', forget(2, 3), mayFail('EINVAL')],
    ['account_locked_vm', 'mm pages is_more', SUCCEEDS, sleepsAndMayFail('ENOMEM')],
    ['__account_locked_vm', 'mm pages is_more task bypass', SUCCEEDS, mayFail('ENOMEM')],
    [
      'remap_pfn_range io_remap_pfn_range',
      'area address number size protection',
      SUCCEEDS,
      sleepsAndMayFail('EINVAL'),
    ],
    ['vm_flags_set vm_flags_clear', 'area flags', NOTHING],
    ['set_memory_4k', 'address pages', SUCCEEDS, sleepsAndMayFail('EINVAL')],
    ['get_mm_exe_file', 'mm', find('file'), POINTER_OR_NULL],
  ]),
  ...primitives('include/linux/mm_types.h', [['VMA_ITERATOR', 'name mm address', forget(0)]]),
  ...primitives('include/linux/vmstat.h', [
    ['mod_node_page_state', 'node item by', NOTHING],
    ['mod_lruvec_page_state', 'page item by', NOTHING],
  ]),
  ...primitives('include/linux/sched/mm.h', [
    ['memalloc_nofs_save memalloc_noio_save', '', constant(0), UNSIGNED],
    ['memalloc_nofs_restore memalloc_noio_restore', 'flags', NOTHING],
  ]),
  ...primitives('include/linux/set_memory.h', [
    ['set_memory_encrypted set_memory_decrypted', 'address pages', SUCCEEDS, sleepsAndMayFail('EINVAL')],
  ]),
  ...primitives('include/linux/virtio_config.h', [
    ['virtio_has_feature', 'device feature', PURE, BOOL],
    ['virtio_cread virtio_cread_le virtio_cwrite virtio_cwrite_le', 'device type member place', forget(3)],
    [
      'virtio_cread_le_feature virtio_cread_feature',
      'device feature type member place',
      forget(4),
      mayFail('ENOENT'),
    ],
    ['virtio_device_ready', 'device', OPAQUE],
  ]),
  ...primitives('include/linux/virtio.h', [
    [
      'virtqueue_add_sgs',
      'queue lists out in data gfp',
      OPAQUE,
      { ...mayFail('ENOSPC'), context: { gfp: 5 } },
    ],
    [
      'virtqueue_add_outbuf virtqueue_add_inbuf',
      'queue list count data gfp',
      OPAQUE,
      { ...mayFail('ENOSPC'), context: { gfp: 4 } },
    ],
    ['virtqueue_kick virtqueue_notify', 'queue', NOTHING, { returns: 'bool' }],
    ['virtqueue_get_buf', 'queue length', forget(1), POINTER_OR_NULL],
    ['virtqueue_enable_cb', 'queue', FRESH, BOOL],
    ['virtqueue_disable_cb', 'queue', NOTHING],
    ['virtio_reset_device', 'device', OPAQUE],
  ]),
  ...primitives('include/linux/mlx5/device.h', [
    ['MLX5_SET MLX5_SET64', 'type place member value', NOTHING],
    ['MLX5_GET MLX5_GET64', 'type place member', FRESH, UNSIGNED],
    ['MLX5_ADDR_OF', 'type place member', FRESH, { ...POINTER, simplified: 'Not a part of the buffer.' }],
    ['MLX5_ST_SZ_DW MLX5_ST_SZ_BYTES', 'type', PURE, UNSIGNED],
    ['MLX5_FLD_SZ_BYTES', 'type member', PURE, UNSIGNED],
    ['MLX5_CAP_GEN MLX5_CAP_GEN_2 MLX5_CAP_ADV_VIRTUALIZATION', 'device capability', PURE, UNSIGNED],
  ]),
  ...primitives('include/linux/mlx5/driver.h', [
    ['mlx5_cmd_exec', 'device in in_size out out_size', forget(3), sleepsAndMayFail('EIO')],
    ['mlx5_cmd_exec_in', 'device command in', SUCCEEDS, sleepsAndMayFail('EIO')],
    ['mlx5_cmd_exec_inout', 'device command in out', forget(3), sleepsAndMayFail('EIO')],
  ]),
  ...primitives('include/linux/mlx5/eq.h', [
    [
      'mlx5_nb_cof',
      'block type member',
      FRESH,
      { ...POINTER, simplified: 'Not the object that the block is in.' },
    ],
    ['MLX5_NB_INIT', 'place function event', NOTHING],
  ]),
  ...primitives('include/linux/arm-smccc.h', [
    ['arm_smccc_smc arm_smccc_hvc', 'function a1 a2 a3 a4 a5 a6 a7 result', forget(8)],
    ['arm_smccc_1_1_invoke arm_smccc_1_1_smc', 'function', OPAQUE, INTEGER],
  ]),
  ...primitives('include/linux/firmware/qcom/qcom_scm.h', [
    ['qcom_scm_restore_sec_cfg', 'device spare', SUCCEEDS, sleepsAndMayFail('EINVAL')],
    ['qcom_scm_io_readl', 'address out', forget(1), sleepsAndMayFail('EINVAL')],
    ['qcom_scm_is_available', '', FRESH, BOOL],
  ]),
  ...primitives('arch/s390/include/asm/pci.h', [
    [
      'zpci_register_ioat',
      'device id base limit table status',
      forgetAnyway(5),
      { ...INTEGER, fails: failsWith('EIO', 'nonzero') },
    ],
    ['zpci_unregister_ioat', 'device id', constant(0), { ...INTEGER, fails: failsWith('EIO', 'nonzero') }],
    ['zpci_refresh_trans', 'handle start size', SUCCEEDS, mayFail('ENOMEM')],
    [
      'to_zpci_dev to_zpci',
      'device',
      PURE,
      { ...POINTER, simplified: 'Not the object that the device is in.' },
    ],
  ]),
  ...primitives('include/linux/cdx/cdx_bus.h', [
    ['to_cdx_device', 'device', PURE, { ...POINTER, simplified: 'Not the object that the device is in.' }],
  ]),
  ...primitives('include/linux/vfio.h', [
    [
      'vfio_alloc_device',
      'type member device operations',
      { do: 'alloc', lifetime: 'managed', fill: 'zero', size: [] },
      { ...ERROR_POINTER, simplified: 'The last vfio_put_device() frees it unseen.' },
    ],
    ['vfio_check_feature', 'flags size wanted minimum', FRESH, INTEGER],
  ]),
  ...primitives('include/linux/vfio_pci_core.h', [
    ['VFIO_PCI_OFFSET_TO_INDEX VFIO_PCI_INDEX_TO_OFFSET', 'value', PURE, UNSIGNED],
  ]),
];
