/** What the end of a range means, by the member that holds it: whether it is the last address of the range, or the first behind it. */

/** By `struct.member`, where the kernel says so. */
export const ENDS: ReadonlyMap<string, { readonly end: 'inclusive' | 'exclusive'; readonly source: string }> =
  new Map(
    [
      ['struct iommu_iotlb_gather.end', 'inclusive', 'include/linux/iommu.h:struct iommu_iotlb_gather'],
      ['struct resource.end', 'inclusive', 'include/linux/ioport.h:resource_size'],
      [
        'struct iommu_domain_geometry.aperture_end',
        'inclusive',
        'include/linux/iommu.h:struct iommu_domain_geometry',
      ],
      [
        'struct interval_tree_node.last',
        'inclusive',
        'include/linux/interval_tree.h:struct interval_tree_node',
      ],
      ['struct iova.pfn_hi', 'inclusive', 'include/linux/iova.h:iova_size'],
      ['struct iommu_iova_range.last', 'inclusive', 'include/uapi/linux/iommufd.h:struct iommu_iova_range'],
      ['struct mmu_notifier_range.end', 'exclusive', 'include/linux/mmu_notifier.h:struct mmu_notifier_ops'],
      ['struct vm_area_struct.vm_end', 'exclusive', 'include/linux/mm_types.h:struct vm_area_struct'],
    ].map(([place, end, source]) => [place!, { end: end as 'inclusive' | 'exclusive', source: source! }]),
  );

/** Operations of a table that are given the first address and the first one behind the range (include/linux/mmu_notifier.h). */
export const EXCLUSIVE_SLOTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'struct mmu_notifier_ops',
    new Set(['invalidate_range', 'arch_invalidate_secondary_tlbs', 'clear_flush_young', 'clear_young']),
  ],
]);
