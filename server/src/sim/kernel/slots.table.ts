/** What the kernel relies on when it calls through a table of operations, as far as a run of the operation can break it. */

export interface SlotContract {
  /** The member of the table. */
  readonly slot: string;
  /** Its caller asks by IS_ERR() alone: NULL is followed. */
  readonly neverNull: boolean;
  readonly source: string;
}

export const SLOT_CONTRACTS: readonly SlotContract[] = [
  {
    slot: 'probe_device',
    neverNull: true,
    source: 'drivers/iommu/iommu.c: iommu_init_device() (6.12), __iommu_probe_device() (6.1)',
  },
  {
    slot: 'domain_alloc_user',
    neverNull: true,
    source: 'drivers/iommu/iommufd/hw_pagetable.c: iommufd_hwpt_paging_alloc() (6.12)',
  },
  {
    slot: 'domain_alloc_sva',
    neverNull: true,
    source: 'drivers/iommu/iommu-sva.c: iommu_sva_domain_alloc() (6.12)',
  },
];
