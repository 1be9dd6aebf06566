/** Slots of tables of operations whose caller asks by IS_ERR() alone: NULL is followed. */
export const NEVER_NULL_SLOTS: readonly { readonly slot: string; readonly source: string }[] = [
  {
    slot: 'probe_device',
    source: 'drivers/iommu/iommu.c: iommu_init_device() (6.12), __iommu_probe_device() (6.1)',
  },
  {
    slot: 'domain_alloc_user',
    source: 'drivers/iommu/iommufd/hw_pagetable.c: iommufd_hwpt_paging_alloc() (6.12)',
  },
  {
    slot: 'domain_alloc_sva',
    source: 'drivers/iommu/iommu-sva.c: iommu_sva_domain_alloc() (6.12)',
  },
];

/** What the caller of an operation frees when that gives an error pointer: a member of what an argument points to. */
export const FREED_WHEN_FAILED: readonly {
  readonly slot: string;
  readonly argument: number;
  readonly member: string;
  readonly source: string;
}[] = [
  {
    slot: 'probe_device',
    argument: 0,
    member: 'iommu',
    source:
      'drivers/iommu/iommu.c: iommu_init_device() (6.12), __iommu_probe_device() (6.1): dev_iommu_free() at err_free',
  },
];

/**
 * Operations that may sleep, by their table: the core calls them under the group's mutex, and drivers allocate in them
 * (include/linux/iommu.h and drivers/iommu/iommu.c, 6.1 and 6.12). Mapping, unmapping and flushing may not.
 */
export const SLEEPING_SLOTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'struct iommu_domain_ops',
    new Set([
      'attach_dev',
      'detach_dev',
      'attach_dev_pasid',
      'detach_dev_pasid',
      'set_dev_pasid',
      'set_platform_dma_ops',
      'free',
    ]),
  ],
  [
    'struct iommu_ops',
    new Set([
      'domain_alloc',
      'domain_alloc_paging',
      'domain_alloc_paging_flags',
      'domain_alloc_sva',
      'domain_alloc_user',
      'domain_alloc_nested',
      'probe_device',
      'release_device',
      'probe_finalize',
      'device_group',
      'remove_dev_pasid',
      'dev_enable_feat',
      'dev_disable_feat',
    ]),
  ],
]);

/** Functions of the core that sleep wherever they are called, also where their code is not at hand (drivers/iommu, 6.12): they take the group's mutex. */
export const SLEEPING_CORE: ReadonlySet<string> = new Set([
  'iommu_attach_device_pasid',
  'iommu_detach_device_pasid',
  'iommu_sva_bind_device',
  'iommu_sva_unbind_device',
  'iommu_probe_device',
  'iommu_device_claim_dma_owner',
  'iommu_device_release_dma_owner',
  'iommu_group_claim_dma_owner',
  'iommu_group_release_dma_owner',
]);
