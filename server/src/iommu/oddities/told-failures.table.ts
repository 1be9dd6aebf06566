/** How calls tell that they failed, where people take another answer for it. */

/** What a failing call answers: nothing but zero, or a negative number where zero, or any other number, is success. */
export type Telling =
  | 'zero' // never negative
  | 'negative' // and zero is a good answer
  | 'negative-not-zero' // and so is every number above zero, and zero is none
  | 'negative-above' // zero and numbers above it are success
  | 'at-limit'; // the number that was given as the end

export interface ToldRow {
  readonly tells: Telling;
  /** As the end of a sentence: what the answer is. */
  readonly words: string;
}

const row = (names: string, tells: Telling, words: string): readonly (readonly [string, ToldRow])[] =>
  names.split(' ').map((name) => [name, { tells, words }]);

/** By the name of the call; where its answer stands to be wrongly tested. Linux 6.1 and 6.12. */
export const TOLD: ReadonlyMap<string, ToldRow> = new Map([
  // kernel/sched/completion.c:wait_for_completion_timeout, include/linux/wait.h:wait_event_timeout
  ...row(
    'wait_for_completion_timeout wait_for_completion_io_timeout wait_event_timeout',
    'zero',
    'gives 0 when the time is up, and never a negative number',
  ),
  // kernel/dma/mapping.c:dma_map_sg_attrs
  ...row('dma_map_sg dma_map_sg_attrs', 'zero', 'gives 0 when it fails, and never a negative number'),
  // drivers/of/irq.c:irq_of_parse_and_map, kernel/irq/irqdomain.c:irq_create_mapping_affinity
  ...row(
    'irq_of_parse_and_map irq_create_mapping irq_find_mapping irq_create_of_mapping irq_create_fwspec_mapping',
    'zero',
    'gives 0 when there is none, and never a negative number',
  ),
  // drivers/iommu/iommu.c:iommu_unmap
  ...row(
    'iommu_unmap iommu_unmap_fast',
    'zero',
    'gives the bytes that it unmapped, and never a negative number',
  ),
  // include/linux/uaccess.h
  ...row(
    'copy_from_user copy_to_user __copy_from_user __copy_to_user clear_user',
    'zero',
    'gives the bytes that are left, and never a negative number',
  ),
  // include/linux/find.h, lib/bitmap.c:bitmap_find_next_zero_area_off
  ...row(
    'find_first_bit find_first_zero_bit find_next_bit find_next_zero_bit find_last_bit bitmap_find_next_zero_area',
    'at-limit',
    'gives the size of the bitmap, or more, when there is none, and never a negative number',
  ),
  // lib/idr.c:ida_alloc_range, idr_alloc
  ...row(
    'ida_alloc ida_simple_get',
    'negative',
    'gives a negative number when it fails, and 0 is a number like others',
  ),
  // drivers/base/platform.c:platform_get_irq, drivers/pci/msi/api.c:pci_alloc_irq_vectors_affinity
  ...row(
    'platform_get_irq platform_get_irq_optional platform_get_irq_byname platform_get_irq_byname_optional',
    'negative-not-zero',
    'gives a negative number when it fails, and never 0',
  ),
  ...row(
    'pci_alloc_irq_vectors pci_alloc_irq_vectors_affinity',
    'negative-not-zero',
    'gives a negative number when it fails, otherwise how many there are',
  ),
  // fs/file.c:get_unused_fd_flags, fs/anon_inodes.c:anon_inode_getfd
  ...row(
    'get_unused_fd_flags anon_inode_getfd',
    'negative',
    'gives a negative number when it fails, and 0 is a number like others',
  ),
  // include/linux/xarray.h:xa_alloc_cyclic
  ...row(
    'xa_alloc_cyclic xa_alloc_cyclic_irq xa_alloc_cyclic_bh',
    'negative-above',
    'gives 1 when the numbers have wrapped, which is no failure',
  ),
  // drivers/base/power/runtime.c:rpm_resume
  ...row(
    'pm_runtime_get_sync pm_runtime_resume',
    'negative-above',
    'gives 1 when the device is on already, which is no failure',
  ),
  // mm/gup.c
  ...row(
    'pin_user_pages pin_user_pages_fast pin_user_pages_remote get_user_pages get_user_pages_fast get_user_pages_remote',
    'negative-above',
    'gives how many pages it has, which is no failure',
  ),
]);
