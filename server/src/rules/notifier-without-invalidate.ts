/** A mmu_notifier does not hear of pages that go. */

import { defineRule } from './rule.js';

export const notifierWithoutInvalidate = defineRule({
  id: 'notifier-without-invalidate',
  classes: ['tlb-cache-maintenance'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A table of mmu_notifier_ops has no callback for invalidated ranges.',
  why: 'A device that walks the tables of the process keeps translations in its IOTLB; when the kernel changes the tables and nobody flushes, the device writes into pages of somebody else.',
  remedy:
    'Fill in the callback that invalidates (invalidate_range, since 6.6 arch_invalidate_secondary_tlbs), and release.',
  source: 'include/linux/mmu_notifier.h:struct mmu_notifier_ops (6.12)',
  bad: [
    {
      title: 'only the end',
      code: `
struct mmu_notifier;
static void toy_free(struct mmu_notifier *mn)
{
}

static const struct mmu_notifier_ops toy_mn_ops = {
//                                   ^^^^^^^^^^ notifier-without-invalidate: IOTLB
	.free_notifier = toy_free,
};`,
    },
  ],
  good: [
    {
      title: 'with it',
      code: `
struct mmu_notifier;
struct mm_struct;
static void toy_invalidate(struct mmu_notifier *mn, struct mm_struct *mm, unsigned long start, unsigned long end)
{
}

static const struct mmu_notifier_ops toy_mn_ops = {
	.arch_invalidate_secondary_tlbs = toy_invalidate,
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const { type, name, spot, slots, isWhole } of facts.tables) {
      if (type !== 'struct mmu_notifier_ops' || !isWhole || !isNew(spot)) continue;
      if (slots.some((slot) => /invalidate/.test(slot.name))) continue;
      yield {
        at: spot,
        function: name,
        message: `${name} has no callback for pages that go, so the IOTLB keeps stale translations of the process. Fill in the one that invalidates, and release.`,
      };
    }
  },
});
