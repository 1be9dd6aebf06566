/** Translations that nobody invalidates. */
import { hasUnseenSuccessors } from './context.js';
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const staleTranslation = defineRule({
  id: 'stale-translation',
  classes: ['tlb-cache-maintenance'],
  since: '0.2.0',
  summary: 'Translations stay in a TLB when what they belong to goes: nothing invalidates them.',
  why: 'Whoever gets the tag or the page next is reached through them.',
  remedy: 'Invalidate before the tag is freed, and in the notifier of the mm.',
  source:
    'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c:arm_smmu_domain_free, drivers/iommu/intel/iommu.c:domain_detach_iommu (6.12); include/linux/mmu_notifier.h:struct mmu_notifier_ops (6.12)',
  bad: [
    {
      title: 'freed as it is',
      code: `
struct toy { int vmid; struct ida vmids; };

void toy_drop(struct toy *toy)
{
	ida_free(&toy->vmids, toy->vmid);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ stale-translation: TLB
	toy->vmid = 0;
}`,
    },
    {
      title: 'only the end',
      code: `
struct mmu_notifier;
static void toy_free(struct mmu_notifier *mn)
{
}

static const struct mmu_notifier_ops toy_mn_ops = {
//                                   ^^^^^^^^^^ stale-translation: IOTLB
	.free_notifier = toy_free,
};`,
    },
  ],
  good: [
    {
      title: 'flushed first',
      code: `
struct toy { int vmid; struct ida vmids; };
void toy_tlb_flush(struct toy *toy);

void toy_drop(struct toy *toy)
{
	toy_tlb_flush(toy);
	ida_free(&toy->vmids, toy->vmid);
	toy->vmid = 0;
}`,
    },
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
  forms: [
    {
      of: 'A VMID, ASID or domain id is freed, and nothing is invalidated before.',
      why: 'Who gets the number next finds translations of the one before in the TLB.',
      instead: 'Invalidate everything under the tag before it is freed.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'number-reused-unflushed',
          ({ subject }) =>
            `${subject} may be handed out again while the TLB still has entries under it. Where are they invalidated?`,
        ),
    },
    {
      of: 'A table of mmu_notifier_ops has no callback for invalidated ranges.',
      why: 'A device that walks the tables of the process keeps translations in its IOTLB; when the kernel changes the tables and nobody flushes, the device writes into pages of somebody else.',
      instead:
        'Fill in the callback that invalidates (invalidate_range, since 6.6 arch_invalidate_secondary_tlbs), and release.',
      severity: 'info',
      confidence: 'certain',
      check: notifierWithoutInvalidate,
    },
  ],
});

function* notifierWithoutInvalidate({ facts, isNew, series }: RuleInput): Iterable<Objection> {
  for (const { type, name, spot, slots, isWhole } of facts.tables) {
    if (type !== 'struct mmu_notifier_ops' || !isWhole || !isNew(spot)) continue;
    if (slots.some((slot) => /invalidate/.test(slot.name))) continue;
    const patch = series.patches.find(({ number }) => number === spot.unit.patch);
    const isBegun = slots.some((slot) => slot.name === 'release');
    yield {
      at: spot,
      function: name,
      // The end of the process is seen to, and what comes before it may be for a later patch.
      ...(isBegun && patch && hasUnseenSuccessors(series, patch) ? { severity: 'hint' as const } : {}),
      message: `${name} has no callback for pages that go, so the IOTLB keeps stale translations of the process. Fill in the one that invalidates, and release.`,
    };
  }
}
