/** Allocators that zero what they give, and those that have a sister that does. include/linux/slab.h, gfp.h, dma-mapping.h, vmalloc.h, device/devres.h (6.12). */

export interface ZeroingRow {
  readonly zeroes: boolean;
  /** The one that zeroes; the same where it does itself. */
  readonly zeroing: string;
  /** Which argument is the size in bytes; null where none alone is. */
  readonly size: number | null;
}

function row(name: string, zeroing: string, size: number | null): [string, ZeroingRow] {
  return [name, { zeroes: name === zeroing, zeroing, size }];
}

export const ZEROING: ReadonlyMap<string, ZeroingRow> = new Map([
  row('kzalloc', 'kzalloc', null),
  row('kcalloc', 'kcalloc', null),
  row('kvzalloc', 'kvzalloc', null),
  row('vzalloc', 'vzalloc', null),
  row('devm_kzalloc', 'devm_kzalloc', null),
  row('get_zeroed_page', 'get_zeroed_page', null),
  row('kmem_cache_zalloc', 'kmem_cache_zalloc', null),
  // kernel/dma/mapping.c:dma_alloc_attrs zeroes since 5.0
  row('dma_alloc_coherent', 'dma_alloc_coherent', null),
  row('dmam_alloc_coherent', 'dmam_alloc_coherent', null),
  row('kmalloc', 'kzalloc', 0),
  row('kvmalloc', 'kvzalloc', 0),
  row('vmalloc', 'vzalloc', 0),
  row('devm_kmalloc', 'devm_kzalloc', 1),
  row('kmalloc_node', 'kzalloc_node', 0),
  row('kmalloc_array', 'kcalloc', null),
  row('kmem_cache_alloc', 'kmem_cache_zalloc', null),
]);
