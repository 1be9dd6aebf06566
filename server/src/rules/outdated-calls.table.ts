/** What the kernel still has and new code should not begin with; names and reasons of 6.12. */

export interface OutdatedRow {
  /** What there is instead, as the begin of a sentence. */
  readonly instead: string;
  /** Why, as the end of it. */
  readonly because: string;
  /** The month in which what is there instead came. */
  readonly since: string;
  /** Where it matters; everywhere when left out. */
  readonly within?: RegExp;
}

function rows(names: string, row: OutdatedRow): [string, OutdatedRow][] {
  return names.split(' ').map((name) => [name, row]);
}

const XARRAY: OutdatedRow = {
  ...{
    instead: 'An XArray',
    because: 'which brings its own lock; the IDR is for old users',
    since: '2018-11',
  },
};
const POOL: OutdatedRow = { instead: 'ida_alloc() and ida_free()', because: 'in new code', since: '2018-09' };
const TASKLET: OutdatedRow = {
  ...{
    instead: 'A threaded interrupt or a work item',
    because: 'since tasklets are on their way out',
    since: '2020-08',
  },
};
const CONTEXT: OutdatedRow = {
  instead: 'Let the caller say it',
  because: 'for nobody can ask whether sleeping is allowed: without CONFIG_PREEMPT_COUNT the answer is wrong',
  since: '2009-01',
  // The architectures and the core know what they ask.
  within: /^(?:drivers|sound|net)\//,
};

/** By function or macro. */
export const OUTDATED_CALLS: ReadonlyMap<string, OutdatedRow> = new Map([
  // Documentation/core-api/idr.rst: "The IDR interface is deprecated; please use the XArray instead."
  ...rows('idr_init idr_init_base idr_alloc idr_alloc_cyclic idr_alloc_u32 DEFINE_IDR', XARRAY),
  ...rows('INIT_RADIX_TREE radix_tree_insert RADIX_TREE', {
    ...{ instead: 'An XArray', because: 'of which the radix tree is a wrapper', since: '2018-11' },
  }),
  // include/linux/idr.h: ida_simple_get() was a wrapper, and is gone since 6.8
  ...rows('ida_simple_get ida_simple_remove', POOL),
  // include/linux/interrupt.h: "This API is deprecated. Please consider using threaded IRQs instead"
  ...rows('tasklet_init tasklet_setup DECLARE_TASKLET DECLARE_TASKLET_OLD', TASKLET),
  // include/linux/workqueue.h: "Avoid using these"; Documentation/core-api/workqueue.rst
  ...rows('create_workqueue create_singlethread_workqueue create_freezable_workqueue', {
    ...{
      instead: 'alloc_workqueue() or alloc_ordered_workqueue()',
      because: 'which say what is meant',
      since: '2010-09',
    },
  }),
  // Documentation/mm/highmem.rst, include/linux/highmem.h: kmap() and kmap_atomic() are deprecated
  ...rows('kmap kmap_atomic', { instead: 'kmap_local_page()', because: 'in new code', since: '2021-02' }),
  // Documentation/process/deprecated.rst
  ...rows('simple_strtol simple_strtoul simple_strtoll simple_strtoull', {
    ...{ instead: 'kstrtoul() and its kin', because: 'which tell of an overflow', since: '2011-05' },
  }),
  ...rows('strcpy', {
    instead: 'strscpy()',
    because: 'which knows how long the buffer is',
    since: '2015-11',
  }),
  // include/linux/preempt.h: "Do not use in_atomic() in driver code"
  ...rows('in_atomic in_interrupt in_irq in_softirq', CONTEXT),
  // Documentation/core-api/pin_user_pages.rst: who reaches the data of pages, or has a device do so, pins them
  ...rows('get_user_pages get_user_pages_fast get_user_pages_remote get_user_pages_longterm', {
    ...{
      instead: 'pin_user_pages() and its kin',
      because: 'where a device reaches the pages',
      since: '2020-04',
    },
    within: /^(?:drivers|virt)\//,
  }),
  // include/linux/pci-dma-compat.h, gone since 5.18
  ...rows('pci_set_dma_mask pci_set_consistent_dma_mask pci_alloc_consistent pci_free_consistent', {
    ...{ instead: 'The DMA API with &pdev->dev', because: 'since the PCI one is gone', since: '2010-01' },
  }),
  ...rows('pci_map_single pci_unmap_single pci_map_page pci_unmap_page pci_map_sg pci_unmap_sg', {
    ...{ instead: 'The DMA API with &pdev->dev', because: 'since the PCI one is gone', since: '2010-01' },
  }),
  ...rows('ioremap_nocache devm_ioremap_nocache', {
    ...{ instead: 'ioremap()', because: 'which is the same', since: '2019-12' },
  }),
  ...rows('use_mm unuse_mm', {
    ...{ instead: 'kthread_use_mm()', because: 'as they are called now', since: '2020-06' },
  }),
]);

/** By type of a member. */
export const OUTDATED_TYPES: ReadonlyMap<string, OutdatedRow> = new Map([
  ['struct idr', XARRAY],
  ['struct radix_tree_root', XARRAY],
  ['struct tasklet_struct', TASKLET],
]);
