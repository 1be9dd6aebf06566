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
    {
      title: 'a flush that nobody waits for',
      code: `
struct toy { void *queue; };
void toy_push(void *queue, int what);
bool toy_is_empty(void *queue);

static void toy_flush_tlb(struct toy *toy)
{
	toy_push(toy->queue, 1);
}

static void toy_flush_complete(struct toy *toy)
{
	while (!toy_is_empty(toy->queue))
		cpu_relax();
}

void toy_map(struct toy *toy)
{
	toy_flush_tlb(toy);
	toy_flush_complete(toy);
}

void toy_unmap(struct toy *toy)
{
	toy_flush_tlb(toy);
	toy_flush_complete(toy);
}

void toy_detach(struct toy *toy)
{
	toy_flush_tlb(toy);
	toy_flush_complete(toy);
}

void toy_update(struct toy *toy)
{
	toy_flush_tlb(toy);
//      ^^^^^^^^^^^^^^^^^^ stale-translation: toy_flush_complete()
}`,
    },
    {
      title: 'the device first',
      code: `
struct toy;
void toy_flush_dev_iotlb(struct toy *toy);
void toy_flush_iotlb(struct toy *toy);

void toy_flush(struct toy *toy)
{
	toy_flush_dev_iotlb(toy);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^ stale-translation: toy_flush_iotlb
	toy_flush_iotlb(toy);
}`,
    },
  ],
  good: [
    {
      title: 'waited for by who calls',
      code: `
struct toy { void *queue; };
void toy_push(void *queue, int what);
bool toy_is_empty(void *queue);

static void toy_flush_tlb(struct toy *toy)
{
	toy_push(toy->queue, 1);
}

static void toy_flush_complete(struct toy *toy)
{
	while (!toy_is_empty(toy->queue))
		cpu_relax();
}

void toy_map(struct toy *toy)
{
	toy_flush_tlb(toy);
	toy_flush_complete(toy);
}

void toy_unmap(struct toy *toy)
{
	toy_flush_tlb(toy);
	toy_flush_complete(toy);
}

void toy_detach(struct toy *toy)
{
	toy_flush_tlb(toy);
	toy_flush_complete(toy);
}

static void toy_change(struct toy *toy)
{
	toy_flush_tlb(toy);
}

void toy_update(struct toy *toy)
{
	toy_change(toy);
	toy_flush_complete(toy);
}`,
    },
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
      of: 'A flush is queued and not waited for, where everybody else who queues it waits.',
      why: 'The function returns while the hardware still uses the old translations; who frees pages after it frees them too early.',
      instead: 'Wait for completion before going on.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'flush-unawaited',
          ({ subject, other }) =>
            `Everybody else calls ${other}() after ${subject}(). Without it, who goes by this flush goes on while it is under way.`,
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
    {
      of: 'The TLB of a device is invalidated before that of the IOMMU.',
      why: 'The device may ask for the translation again at once, and gets the old one out of the TLB of the IOMMU; then it has it for good.',
      instead: 'Invalidate the IOTLB first, and wait for it.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'device-tlb-first',
          ({ subject, other }) =>
            `After ${subject}() the device may ask again, and gets the old translation until ${other}() is done. Invalidate the IOTLB first.`,
        ),
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
