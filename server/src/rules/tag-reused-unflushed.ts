/** A tag of TLB entries is given back without an invalidation. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const tagReusedUnflushed = defineRule({
  id: 'tag-reused-unflushed',
  classes: ['tlb-cache-maintenance'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A VMID, ASID or domain id is freed, and nothing is invalidated before.',
  why: 'Who gets the number next finds translations of the one before in the TLB.',
  remedy: 'Invalidate everything under the tag before it is freed.',
  source:
    'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c:arm_smmu_domain_free, drivers/iommu/intel/iommu.c:domain_detach_iommu (6.12)',
  bad: [
    {
      title: 'freed as it is',
      code: `
struct toy { int vmid; struct ida vmids; };

void toy_drop(struct toy *toy)
{
	ida_free(&toy->vmids, toy->vmid);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tag-reused-unflushed: TLB
	toy->vmid = 0;
}`,
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
  ],
  check: (input) =>
    odditiesIn(
      input,
      'number-reused-unflushed',
      ({ subject }) =>
        `${subject} may be handed out again while the TLB still has entries under it. Where are they invalidated?`,
    ),
});
