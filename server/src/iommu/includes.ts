/**
 * Headers that a patch includes, and whether its code mentions anything that
 * looks like theirs. Headers name their functions after themselves; the few
 * of which that is not true are a table.
 */
import type { Item } from '../syntax/index.js';
import { commentsOf } from './comments.js';
import type { Program, Spot, Unit } from './program.js';

export interface IncludeFact {
  readonly name: string;
  readonly spot: Spot;
  /** Whether some word of the file as far as it is shown may come from the header. */
  readonly isUsed: boolean;
  /** Whether the file includes it once more, before or after. */
  readonly isTwice: boolean;
}

/** What names of irregular headers begin with or contain; '' for those that may bring anything. include/linux/ of 6.1. */
const WORDS: ReadonlyMap<string, RegExp | ''> = new Map<string, RegExp | ''>([
  ['slab', /alloc|kfree|kmem|kstrdup|kmemdup/i],
  ['err', /ERR/],
  ['mutex', /mutex/i],
  ['spinlock', /spin|lock/i],
  ['interrupt', /irq|interrupt|tasklet/i],
  ['delay', /delay|sleep/i],
  ['ratelimit', /ratelimit/i],
  ['bitfield', /FIELD_/],
  ['iopoll', /poll/],
  ['refcount', /refcount/],
  ['kref', /kref/],
  ['xarray', /xa_|xarray|XA_|DEFINE_XARRAY/i],
  ['idr', /id[ra]_|idr|ida/i],
  ['debugfs', /debugfs/],
  ['hashtable', /hash/i],
  ['rbtree', /rb_|rbtree/],
  ['pm_runtime', /pm_/],
  ['clk', /clk/],
  ['reset', /reset/],
  ['dma-mapping', /dma/i],
  ['pci', /pci/i],
  ['pci-ats', /ats|pri|pasid/i],
  ['amba/bus', /amba/],
  ['mmu_notifier', /notifier/],
  ['ioasid', /ioasid|pasid/i],
  ['intel-svm', /svm|sva/i],
  ['cc_platform', /cc_platform/],
  ['dmi', /dmi/i],
  ['numa', /nid|numa|node/i],
  ['percpu', /cpu/i],
  ['workqueue', /work/i],
  ['kthread', /kthread/],
  ['eventfd', /eventfd/],
  ['anon_inodes', /anon_inode/],
  ['miscdevice', /misc/i],
  ['cdev', /cdev/],
  ['iommu', /iommu/i],
  ['vfio', /vfio/i],
  ['crash_dump', /kdump|elfcorehdr/],
  ['swiotlb', /swiotlb/i],
  ['dma-iommu', /iommu_dma|dma/i],
  ['iova', /iova/i],
  [
    'uapi/linux/iommu',
    /\bIOMMU_(?:FAULT|PAGE_RESP|PASID|CACHE_INV|INV|SVA|NESTING|UAPI)\w*|\biommu_(?:fault|page_response|cache_inval|inv_|gpasid|pasid_table|nesting)\w*/,
  ],
  ['io-pgtable', /pgtable|pgtbl|ARM_|io_pgtable/i],
  ['io-pgtable-arm', /io_pgtable_arm|ARM_LPAE|arm_lpae/],
  ['arm-smmu-v3', /smmu/i],
  ['platform_device', /platform|pdev/],
]);

/** Headers that bring more than their names say: where a header includes one, what it needs of it may not be shown. */
const MANY_USERS = /^linux\/(?:err|slab|dma-mapping|pci|platform_device|interrupt|percpu|iova)\.h$/;

/** Of the units that are patches. */
export function includesOf(program: Program): IncludeFact[] {
  return program.units
    .filter(
      ({ isReviewed, image }) => isReviewed && image.basis !== 'whole-file' && /\.[ch]$/.test(image.path),
    )
    .flatMap((unit) => {
      const includes = unit.c.items.filter(({ kind }) => kind === 'include');
      if (includes.length === 0) return [];
      const code = codeOf(unit, includes);
      const isHeader = unit.image.path.endsWith('.h');
      return includes.flatMap((item): IncludeFact[] => {
        const words = WORDS.get(item.name.replace(/^(?:linux|asm)\//, '').replace(/\.h$/, ''));
        const isTwice = includes.some((other) => other !== item && isSameInclude(unit, other, item));
        if (!words && !isTwice) return [];
        const isUsed = !words || words.test(code) || (isHeader && MANY_USERS.test(item.name));
        return [{ name: item.name, spot: { unit, span: item }, isUsed, isTwice }];
      });
    });
}

/** Whether both lines say the same, and nothing that depends on the configuration stands between them. */
function isSameInclude({ image }: Unit, one: Item, other: Item): boolean {
  if (one.name !== other.name) return false;
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  return !/^\s*#\s*(?:if|el|endif)/m.test(image.text.slice(first.end, second.start));
}

/** The text without comments and without the includes themselves. */
function codeOf(unit: Unit, includes: readonly { readonly start: number; readonly end: number }[]): string {
  const left = [...commentsOf(unit), ...includes].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of left) {
    parts.push(unit.image.text.slice(from, start));
    from = Math.max(from, end);
  }
  return [...parts, unit.image.text.slice(from)].join(' ');
}
