/**
 * Which release of the kernel a tree is of, told by what its headers declare:
 * nothing else of a tree has to be there. All are in include/linux/iommu.h,
 * and of 6.1 and 6.12 they were looked up.
 */

interface VersionMark {
  readonly kind: 'function' | 'struct' | 'member';
  /** Of a member: `struct name.member`. */
  readonly name: string;
  /** The first release that has it. */
  readonly since: string;
}

/** In the order of releases. */
export const VERSION_MARKS: readonly VersionMark[] = [
  { kind: 'struct', name: 'iommu_domain_ops', since: '5.18' },
  { kind: 'function', name: 'iommu_attach_device_pasid', since: '6.2' },
  { kind: 'member', name: 'iommu_ops.identity_domain', since: '6.7' },
  { kind: 'struct', name: 'iommu_mm_data', since: '6.8' },
  { kind: 'function', name: 'iopf_queue_add_device', since: '6.9' },
  { kind: 'struct', name: 'iommu_attach_handle', since: '6.11' },
];

export const IOMMU_HEADER = 'include/linux/iommu.h';
