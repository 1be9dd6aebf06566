/** Small changes of VFIO type 1 that lose, keep or double what is mapped and pinned. */
import type { Defect } from './loop-tests.js';

/** The first place behind another one. */
const after =
  (start: string, what: string | RegExp, by: string) =>
  (text: string): string => {
    const at = text.indexOf(start);
    return at < 0 ? text : text.slice(0, at) + text.slice(at).replace(what, by);
  };

const REPLAY = 'static int vfio_iommu_replay(';
const UNWIND = 'for (; n; n = rb_prev(n)) {';

export const MAPPING_DEFECTS: readonly Defect[] = [
  {
    what: 'nothing is replayed',
    setUp: 'replayed',
    monitor: 'WARNHIT',
    make: (text) => text.replace('ret = vfio_iommu_replay(iommu, domain);', 'ret = 0;'),
  },
  {
    what: 'what was replayed in part is not unwound',
    setUp: 'first_replay_fails',
    monitor: 'PINBAL',
    make: (text) => text.replace(UNWIND, 'for (; 0; ) {'),
  },
  {
    what: 'what the failing range has of a replay is not unwound',
    setUp: 'mapped_before',
    faults: true,
    cost: 1,
    monitor: 'PINBAL',
    make: after(REPLAY, 'if (!dma->iommu_mapped) {\n\t\t\t\t\tvfio_unpin', 'if (0) {\n\t\t\t\t\tvfio_unpin'),
  },
  {
    what: 'a replay that fails unpins what another domain has',
    setUp: 'replay_of_ranges_fails',
    monitor: 'UNPINMAP',
    make: after(UNWIND, /if \(dma->iommu_mapped\) \{[^}]*\}/, ''),
  },
  {
    what: 'a replay pins what is mapped already',
    setUp: 'replayed',
    monitor: 'PINBAL',
    make: after(REPLAY, 'if (dma->iommu_mapped) {', 'if (0) {'),
  },
  {
    what: 'a replay does not say what it has mapped',
    setUp: 'mapped_before',
    monitor: 'PINBAL',
    make: after('/* All dmas are now mapped', 'dma->iommu_mapped = true;', ''),
  },
  {
    what: 'a page is unpinned before it is unmapped, where memory is short',
    setUp: 'unmapped',
    faults: true,
    cost: 1,
    monitor: 'UNPINMAP',
    make: after(
      'static size_t unmap_unpin_slow(',
      'size_t unmapped = iommu_unmap(domain->domain, *iova, len);',
      'vfio_unpin_pages_remote(dma, *iova, phys >> PAGE_SHIFT, 1, false);\n\tsize_t unmapped = iommu_unmap(domain->domain, *iova, len);',
    ),
  },
  {
    what: 'a page is unpinned while the IOTLB has it',
    setUp: 'unmapped',
    monitor: 'UNPINMAP',
    make: (text) => text.replace('iommu_iotlb_sync(domain->domain, iotlb_gather);', ''),
  },
  {
    what: 'what is unmapped is so in the first domain only',
    setUp: 'unmapped',
    monitor: 'UNPINMAP',
    make: (text) => text.replace('iommu_unmap(d->domain, dma->iova, dma->size);', ''),
  },
  {
    what: 'all domains are unmapped before anybody asks one of them for the pages',
    setUp: 'unmapped',
    monitor: 'PINBAL',
    make: after('static long vfio_unmap_unpin(', 'list_for_each_entry_continue(d,', 'list_for_each_entry(d,'),
  },
  {
    what: 'addresses are given away twice',
    setUp: 'mapped_twice',
    monitor: 'WARNHIT',
    make: after('static int vfio_dma_do_map(', '} else if (dma) {', '} else if (0) {'),
  },
  {
    what: 'what one domain has no room for stays in the other',
    setUp: 'mapped_in_one_only',
    monitor: 'UNPINMAP',
    make: (text) => text.replace('iommu_unmap(d->domain, iova, npage << PAGE_SHIFT);', ''),
  },
  {
    what: 'what cannot be mapped stays pinned',
    setUp: 'mapped_in_one_only',
    monitor: 'PINBAL',
    make: after(
      'static int vfio_pin_map_dma(',
      /vfio_unpin_pages_remote\(dma, iova \+ dma->size, pfn,\s+npage, true\);/,
      '',
    ),
  },
  {
    what: 'of what cannot be mapped the rest of the batch stays pinned',
    setUp: 'refused_at_once',
    monitor: 'PINBAL',
    make: after('static int vfio_pin_map_dma(', 'vfio_batch_unpin(&batch, dma);', ''),
  },
  {
    what: 'of what cannot be mapped in whole the part that was stays',
    setUp: 'refused_half_way',
    monitor: 'PINBAL',
    make: after(
      'static int vfio_pin_map_dma(',
      'vfio_remove_dma(iommu, dma);',
      '{ dma->size = 0; vfio_remove_dma(iommu, dma); }',
    ),
  },
  {
    what: 'what is mapped stays when the last group goes',
    setUp: 'replayed',
    monitor: 'PINBAL',
    make: after(
      'static void vfio_iommu_type1_detach_group(',
      /WARN_ON\(!list_empty\(\s+&iommu->device_list\)\);\s+vfio_iommu_unmap_unpin_all\(iommu\);/,
      ';',
    ),
  },
  {
    what: 'what is mapped stays pinned when only a group without an IOMMU is left',
    setUp: 'emulated_keeps_ranges',
    monitor: 'PINBAL',
    make: (text) => text.replace('vfio_iommu_unmap_unpin_reaccount(iommu);\n', ';\n'),
  },
  {
    what: 'a container unmaps nothing when it goes',
    setUp: 'released_with_all',
    monitor: 'PINBAL',
    make: after('static void vfio_iommu_type1_release(', 'vfio_iommu_unmap_unpin_all(iommu);', ''),
  },
  {
    what: 'what is unpinned stays on the account of the process',
    setUp: 'unmapped',
    monitor: 'WARNHIT',
    make: after('static long vfio_unmap_unpin(', 'vfio_lock_acct(dma, -unlocked, true);', ''),
  },
  {
    what: 'the new domain is tried with pages that go while they are mapped',
    setUp: 'replay_of_ranges_fails',
    monitor: 'UNPINMAP',
    make: (text) => text.replace('iommu_unmap(domain->domain, start + PAGE_SIZE, PAGE_SIZE);', ';'),
  },
];
