/** What the end of a range means, by the member that holds it: whether it is the last address of the range, or the first behind it. */

/** What one such member means. */
export interface End {
  readonly end: 'inclusive' | 'exclusive';
  readonly source: string;
  /** The month since when, where it once meant the other. */
  readonly since?: string;
}

/** By `struct.member`, where the kernel says so. */
export const ENDS: ReadonlyMap<string, End> = new Map<string, End>([
  // The end was the first address behind the range before Linux 5.12.
  [
    'struct iommu_iotlb_gather.end',
    { end: 'inclusive', source: 'include/linux/iommu.h:struct iommu_iotlb_gather', since: '2021-02' },
  ],
  ['struct resource.end', { end: 'inclusive', source: 'include/linux/ioport.h:resource_size' }],
  [
    'struct iommu_domain_geometry.aperture_end',
    { end: 'inclusive', source: 'include/linux/iommu.h:struct iommu_domain_geometry' },
  ],
  [
    'struct interval_tree_node.last',
    { end: 'inclusive', source: 'include/linux/interval_tree.h:struct interval_tree_node' },
  ],
  ['struct iova.pfn_hi', { end: 'inclusive', source: 'include/linux/iova.h:iova_size' }],
  [
    'struct iommu_iova_range.last',
    { end: 'inclusive', source: 'include/uapi/linux/iommufd.h:struct iommu_iova_range' },
  ],
  [
    'struct mmu_notifier_range.end',
    { end: 'exclusive', source: 'include/linux/mmu_notifier.h:struct mmu_notifier_ops' },
  ],
  [
    'struct vm_area_struct.vm_end',
    { end: 'exclusive', source: 'include/linux/mm_types.h:struct vm_area_struct' },
  ],
]);

/** Operations of a table that are given the first address and the first one behind the range (include/linux/mmu_notifier.h). */
export const EXCLUSIVE_SLOTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'struct mmu_notifier_ops',
    new Set(['invalidate_range', 'arch_invalidate_secondary_tlbs', 'clear_flush_young', 'clear_young']),
  ],
]);
