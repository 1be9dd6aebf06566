/** What several calls do that the kernel has one for. include/linux of 6.12. */

export interface DuplicateRow {
  /** Which argument is the size in bytes. */
  readonly size: number;
  /** What copies kernel memory; null where there is none. */
  readonly copied: string | null;
  /** What copies user memory. */
  readonly fromUser: string | null;
}

/** Allocations, and what allocates and fills. string.h, slab.h; scripts/coccinelle/api/memdup.cocci, memdup_user.cocci. */
export const DUPLICATES: ReadonlyMap<string, DuplicateRow> = new Map([
  ['kmalloc', { size: 0, copied: 'kmemdup', fromUser: 'memdup_user' }],
  ['kzalloc', { size: 0, copied: 'kmemdup', fromUser: 'memdup_user' }],
  ['kvmalloc', { size: 0, copied: 'kvmemdup', fromUser: 'vmemdup_user' }],
  ['kvzalloc', { size: 0, copied: 'kvmemdup', fromUser: 'vmemdup_user' }],
  ['devm_kmalloc', { size: 1, copied: 'devm_kmemdup', fromUser: null }],
  ['devm_kzalloc', { size: 1, copied: 'devm_kmemdup', fromUser: null }],
]);

export interface SeveralRow {
  readonly first: string;
  readonly afterwards: readonly string[];
  readonly instead: (then: string) => string;
  /** Whether nothing may stand between. */
  readonly isNext: boolean;
  /** How many of the arguments have to be the same. */
  readonly same: number;
}

/** list.h, dma-mapping.h */
export const SEVERAL_IN_ONE: readonly SeveralRow[] = [
  {
    first: 'list_del',
    afterwards: ['INIT_LIST_HEAD'],
    instead: () => 'list_del_init',
    isNext: true,
    same: 1,
  },
  {
    ...{ first: 'list_del', afterwards: ['list_add', 'list_add_tail'], isNext: true, same: 1 },
    instead: (then) => then.replace('list_add', 'list_move'),
  },
  {
    ...{ first: 'list_del_init', afterwards: ['list_add', 'list_add_tail'], isNext: true, same: 1 },
    instead: (then) => then.replace('list_add', 'list_move'),
  },
  {
    ...{ first: 'dma_set_mask', afterwards: ['dma_set_coherent_mask'], isNext: false, same: 2 },
    instead: () => 'dma_set_mask_and_coherent',
  },
];

/** Reads of a register that iopoll.h has a poll for. */
export const READS_REGISTER: ReadonlySet<string> = new Set([
  ...['readb', 'readw', 'readl', 'readq', 'readl_relaxed', 'readq_relaxed'],
]);

/** What polls wait with. delay.h, processor.h. */
export const DELAYS: ReadonlySet<string> = new Set([
  ...['udelay', 'ndelay', 'mdelay', 'cpu_relax', 'usleep_range', 'msleep', 'fsleep'],
]);
