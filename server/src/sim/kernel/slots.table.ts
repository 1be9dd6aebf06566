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
