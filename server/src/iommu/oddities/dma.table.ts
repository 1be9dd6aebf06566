/** Calls of the DMA API. include/linux/dma-mapping.h (6.12). */

/** What maps memory, and which argument is the direction. */
export const DMA_MAPS: ReadonlyMap<string, number> = new Map([
  ['dma_map_single', 3],
  ['dma_map_single_attrs', 3],
  ['dma_map_page', 4],
  ['dma_map_page_attrs', 4],
  ['dma_map_resource', 3],
]);

/** What unmaps an address, its second argument, and which argument is the direction. */
export const DMA_UNMAPS: ReadonlyMap<string, number> = new Map([
  ['dma_unmap_single', 3],
  ['dma_unmap_single_attrs', 3],
  ['dma_unmap_page', 3],
  ['dma_unmap_page_attrs', 3],
  ['dma_unmap_resource', 3],
]);

/** Memory without physical pages in a row. include/linux/vmalloc.h. */
export const VMALLOCS: ReadonlySet<string> = new Set([
  'vmalloc',
  'vzalloc',
  'vmap',
  'vmalloc_user',
  'vmalloc_node',
]);

/** Memory whose address says nothing of where it is: it may be mapped anew, uncached. kernel/dma/direct.c:dma_direct_alloc. */
export const OF_ITS_OWN: ReadonlySet<string> = new Set([
  ...VMALLOCS,
  'dma_alloc_coherent',
  'dmam_alloc_coherent',
  'dma_alloc_attrs',
  'dmam_alloc_attrs',
  'dma_alloc_wc',
  'ioremap',
  'devm_ioremap',
]);

/** Translations by the linear map. include/asm-generic/page.h. */
export const TRANSLATES: ReadonlySet<string> = new Set([
  'virt_to_phys',
  '__pa',
  'virt_to_page',
  'virt_to_pfn',
]);
