/**
 * The interface of the IOMMU subsystem. A dot in a member's name that follows
 * a pointer goes through it: `iommu.priv` of a device is `dev->iommu->priv`.
 */
import type { Effect } from './effects.js';
import { NO_MEMORY, NO_MEMORY_ERRNO, type Options, type Primitive, primitives } from './primitive.js';
import {
  BOOL,
  FRESH,
  failsWith,
  find,
  forget,
  hold,
  mayFail,
  member,
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

const PRIVATE = member(0, 'struct device', 'iommu.priv');
const FWSPEC = member(0, 'struct device', 'iommu.fwspec');
const THROUGH = 'A device without a record for its IOMMU is not told from one with an empty record.';
const INDIRECT = "The driver's own operation is not called.";
/** What keeps a device on a domain. */
const ATTACHMENT = 'attachment';
const pages: Effect = { do: 'alloc', lifetime: 'page', fill: 'zero', size: [] };
const gfp = (number: number): Options => ({
  context: { gfp: number },
  returns: 'pointer-or-null',
  fails: NO_MEMORY,
});
// What makes it also sets it up: its count, its type.
const object: Effect = { do: 'alloc', lifetime: 'heap', fill: 'unknown', size: [] };
const OBJECT: Options = {
  context: 'sleeps',
  returns: 'pointer',
  fails: failsWith('ENOMEM', 'error-pointer'),
};

const firstIn = (tree: string): Effect => ({
  do: 'tree',
  what: 'first-interval',
  root: member(0, 'struct io_pagetable', tree),
});
const MADE: Options = { ...POINTER_OR_NULL, simplified: 'That the lock is held is not asserted.' };

export const IOMMU: readonly Primitive[] = [
  ...primitives('include/linux/iommu.h', [
    [
      'dev_iommu_priv_get',
      'device',
      { do: 'load', from: PRIVATE, width: 8 },
      { ...POINTER_OR_NULL, simplified: THROUGH },
    ],
    ['dev_iommu_priv_set', 'device data', { do: 'store', to: PRIVATE, value: 1, width: 8 }],
    [
      'dev_iommu_fwspec_get',
      'device',
      { do: 'load', from: FWSPEC, width: 8 },
      { ...POINTER_OR_NULL, simplified: THROUGH },
    ],
    ['dev_iommu_fwspec_set', 'device fwspec', { do: 'store', to: FWSPEC, value: 1, width: 8 }],
    [
      'iommu_get_iommu_dev',
      'device type member',
      PURE,
      { ...POINTER, simplified: 'The instance is one of its own per device.' },
    ],
    ['iommu_copy_struct_from_user', 'to user type last', forget(0), sleepsAndMayFail('EINVAL')],
    ['iommu_copy_struct_from_full_user_array', 'to size user type', forget(0), sleepsAndMayFail('EINVAL')],
    ['iommu_copy_struct_from_user_array', 'to user type index last', forget(0), sleepsAndMayFail('EINVAL')],
    ['iommu_copy_struct_to_user', 'user from type last', SUCCEEDS, sleepsAndMayFail('EFAULT')],
    ['mm_get_enqcmd_pasid', 'mm', FRESH, UNSIGNED],
  ]),
  ...primitives('include/linux/iommu-helper.h', [
    ['iommu_num_pages', 'address size page_size', PURE, UNSIGNED],
  ]),
  ...primitives('include/linux/iova.h', [
    ['iova_pfn', 'domain address', PURE, UNSIGNED],
    ['iova_align iova_align_down iova_offset', 'domain size', PURE, UNSIGNED],
    ['iova_shift iova_mask', 'domain', PURE, UNSIGNED],
  ]),
  ...primitives('include/dt-bindings/memory/mtk-memory-port.h', [
    ['MTK_M4U_TO_LARB MTK_M4U_TO_PORT MTK_M4U_TO_DOM', 'id', PURE, UNSIGNED],
  ]),
  ...primitives('arch/x86/include/asm/mmu_context.h', [['arch_pgtable_dma_compat', 'mm', FRESH, BOOL]]),
  ...primitives('drivers/iommu/iommufd/iommufd_private.h', [
    ['iommufd_object_alloc', 'context object type', object, OBJECT],
    ['__iommufd_object_alloc', 'context object type member', object, OBJECT],
  ]),
];

/** What is held of groups and domains: where the code is at hand, and where a function is run alone. */
const GROUPS_AND_DOMAINS: readonly Primitive[] = primitives('drivers/iommu/iommu.c', [
  ['iommu_group_get', 'device', find('iommu_group'), POINTER_OR_NULL],
  ['iommu_group_ref_get', 'group', hold('iommu_group'), POINTER],
  ['iommu_group_put', 'group', release('iommu_group')],
  ['iommu_group_id', 'group', PURE, { returns: 'integer' }],
  [
    'iommu_attach_group iommu_attach_device',
    'domain device',
    hold(ATTACHMENT, 1),
    { ...sleepsAndMayFail('EINVAL'), mustCheck: true },
  ],
  ['iommu_detach_group iommu_detach_device', 'domain device', release(ATTACHMENT, 1), SLEEPS],
  [
    'iommu_domain_alloc',
    'bus',
    find('iommu_domain'),
    { context: 'sleeps', returns: 'pointer-or-null', fails: NO_MEMORY },
  ],
  ['iommu_domain_free', 'domain', release('iommu_domain'), SLEEPS],
  // Before 6.3 it took no flags, and slept.
  [
    'iommu_map',
    'domain iova physical size protection gfp',
    SUCCEEDS,
    { ...mayFail('ENOMEM'), context: { gfp: 5 }, mustCheck: true },
  ],
]);

/** Of these the code is mostly at hand; a row serves where it is not. */
export const IN_TREE: readonly Primitive[] = [
  ...GROUPS_AND_DOMAINS,
  ...primitives('drivers/iommu/iommu.c', [
    [
      'iommu_group_get_iommudata',
      'group',
      { do: 'load', from: member(0, 'struct iommu_group', 'iommu_data'), width: 8 },
      POINTER_OR_NULL,
    ],
    [
      'iommu_group_for_each_dev',
      'group data function',
      { do: 'call', function: 2, args: [-1, 1], each: true },
      {
        context: 'sleeps',
        returns: 'integer',
        simplified: 'The function is called once, for a device of any kind.',
      },
    ],
    ['iommu_unmap', 'domain iova size', FRESH, UNSIGNED],
    ['iommu_unmap_fast', 'domain iova size gather', forget(3), UNSIGNED],
    ['iommu_iova_to_phys', 'domain iova', FRESH, UNSIGNED],
    ['iommu_get_domain_for_dev', 'device', FRESH, POINTER_OR_NULL],
    ['device_iommu_capable', 'device capability', PURE, BOOL],
    ['iommu_fwspec_init', 'device fwnode', OPAQUE, sleepsAndMayFail('ENOMEM')],
    ['iommu_fwspec_add_ids', 'device ids count', OPAQUE, sleepsAndMayFail('ENOMEM')],
    ['iommu_fwspec_free', 'device', OPAQUE, SLEEPS],
    [
      'iommu_alloc_global_pasid',
      'device',
      { do: 'ids', what: 'alloc', pool: 'global', low: { value: 1 } },
      {
        context: 'sleeps',
        returns: 'unsigned',
        simplified: 'Never fails, and does not look at how many PASIDs the device has.',
      },
    ],
    ['iommu_free_global_pasid', 'pasid', { do: 'ids', what: 'free', pool: 'global', id: 0 }],
  ]),
  ...primitives('include/linux/iommu.h', [
    ['iommu_is_dma_domain', 'domain', FRESH, BOOL],
    ['iommu_iotlb_gather_init', 'gather', forget(0)],
    ['iommu_iotlb_gather_add_page', 'domain gather iova size', forget(1), { simplified: INDIRECT }],
    ['iommu_iotlb_gather_add_range', 'gather iova size', forget(0)],
    ['iommu_iotlb_gather_queued', 'gather', FRESH, BOOL],
    ['iommu_iotlb_gather_is_disjoint', 'gather iova size', FRESH, BOOL],
    ['iommu_iotlb_sync', 'domain gather', forget(1), { simplified: INDIRECT }],
    ['iommu_flush_iotlb_all', 'domain', NOTHING, { simplified: INDIRECT }],
  ]),
  ...primitives('include/linux/io-pgtable.h', [
    [
      'alloc_io_pgtable_ops',
      'format config cookie',
      forget(1),
      { context: 'sleeps', returns: 'pointer', fails: NO_MEMORY },
    ],
    [
      'free_io_pgtable_ops',
      'operations',
      NOTHING,
      { ...SLEEPS, simplified: 'A table that is used afterwards is not noticed.' },
    ],
    [
      'io_pgtable_ops_to_pgtable',
      'operations',
      PURE,
      { ...POINTER, simplified: 'Not the object that the operations are in.' },
    ],
    ['io_pgtable_tlb_flush_all', 'table', NOTHING, { simplified: INDIRECT }],
    ['io_pgtable_tlb_flush_walk', 'table iova size granule', NOTHING, { simplified: INDIRECT }],
    ['io_pgtable_tlb_add_page', 'table gather iova granule', NOTHING, { simplified: INDIRECT }],
  ]),
  ...primitives('drivers/iommu/iommu-pages.h', [
    ['iommu_alloc_page', 'gfp', pages, gfp(0)],
    ['iommu_alloc_pages', 'gfp order', pages, gfp(0)],
    ['iommu_alloc_page_node', 'node gfp', pages, gfp(1)],
    ['iommu_alloc_pages_node', 'node gfp order', pages, gfp(1)],
    ['iommu_alloc_pages_node_sz', 'node gfp size', { ...pages, size: [2] } as Effect, gfp(1)],
    ['iommu_alloc_pages_sz', 'gfp size', { ...pages, size: [1] } as Effect, gfp(0)],
    ['iommu_free_page', 'memory', { do: 'free', what: 0, lifetime: 'page' }],
    ['iommu_free_pages', 'memory order', { do: 'free', what: 0, lifetime: 'page' }],
    ['iommu_put_pages_list', 'list', OPAQUE, { simplified: 'The pages on the list are not followed.' }],
  ]),
  // What __make_iopt_iter() makes of a name; the node is the first member of what it finds.
  ...primitives('drivers/iommu/iommufd/io_pagetable.h', [
    ['iopt_area_iter_first', 'table first last', firstIn('area_itree'), MADE],
    ['iopt_allowed_iter_first', 'table first last', firstIn('allowed_itree'), MADE],
    ['iopt_reserved_iter_first', 'table first last', firstIn('reserved_itree'), MADE],
    [
      'iopt_area_iter_next iopt_allowed_iter_next iopt_reserved_iter_next',
      'node first last',
      { do: 'tree', what: 'next-interval' },
      MADE,
    ],
  ]),
  ...primitives('include/linux/vfio.h', [
    ['vfio_put_device', 'device', release('device'), { simplified: 'The release function is not called.' }],
  ]),
  ...primitives('drivers/iommu/iommu-sva.c', [
    [
      'iommu_sva_alloc_pasid',
      'mm first last',
      OPAQUE,
      { context: 'sleeps', returns: 'errno', fails: NO_MEMORY_ERRNO },
    ],
  ]),
];

/**
 * What one call brings in and another takes out again. Of a function that is
 * run alone these rows win over a body that is at hand: what matters is that
 * each way out undoes what was done.
 */
export const PAIRED: readonly Primitive[] = [
  ...GROUPS_AND_DOMAINS,
  ...primitives('include/linux/iommu.h', [
    [
      'iommu_device_register',
      'iommu operations device',
      hold('registration'),
      { ...sleepsAndMayFail('EBUSY'), mustCheck: true },
    ],
    ['iommu_device_unregister', 'iommu', release('registration'), SLEEPS],
    [
      'iommu_device_sysfs_add',
      'iommu parent groups format',
      hold('sysfs entry'),
      { ...sleepsAndMayFail('ENOMEM'), mustCheck: true },
    ],
    ['iommu_device_sysfs_remove', 'iommu', release('sysfs entry'), SLEEPS],
  ]),
  ...primitives('drivers/iommu/iommufd/main.c', [
    // What iommufd_object_alloc() comes to where its definition is at hand.
    ['_iommufd_object_alloc', 'context size type', { ...object, size: [1] } as Effect, OBJECT],
  ]),
  ...primitives('drivers/iommu/iommufd/iommufd_private.h', [
    [
      'iommufd_get_object',
      'context id type',
      find('iommufd object'),
      { returns: 'pointer', fails: failsWith('ENOENT', 'error-pointer') },
    ],
    [
      'iommufd_lock_obj',
      'object',
      hold('iommufd object'),
      { returns: 'bool', mustCheck: true, fails: failsWith('ENOENT', 'false') },
    ],
    // Until 6.6 the object was all that it was given.
    ['iommufd_put_object', 'context object', release('iommufd object', 'last')],
    [
      'iommufd_ref_to_users',
      'object',
      release('iommufd object'),
      { simplified: 'The reference that stays instead is not counted.' },
    ],
  ]),
];
