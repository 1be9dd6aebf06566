/** An IOMMU claims cache coherency without asking for it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const coherencyClaimed = defineRule({
  id: 'coherency-claimed',
  classes: ['dma-coherency'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'The answer for IOMMU_CAP_CACHE_COHERENCY is always true.',
  why: 'Whether IOMMU_CACHE works depends on how the instance is wired up; a user that relies on it skips the cache maintenance.',
  remedy: 'Answer from what the instance or firmware reports.',
  source:
    'drivers/iommu/arm/arm-smmu/arm-smmu.c:arm_smmu_capable asks for coherent walks or DMA attributes (6.12)',
  bad: [
    {
      title: 'for all of them',
      code: `
enum iommu_cap { IOMMU_CAP_CACHE_COHERENCY };

bool toy_capable(struct device *dev, enum iommu_cap cap)
{
	switch (cap) {
	case IOMMU_CAP_CACHE_COHERENCY:
		return true;
//              ^^^^^^^^^^^^ coherency-claimed: every instance
	default:
		return false;
	}
}`,
    },
  ],
  good: [
    {
      title: 'as it is wired',
      code: `
enum iommu_cap { IOMMU_CAP_CACHE_COHERENCY };
bool toy_is_coherent(struct device *dev);

bool toy_capable(struct device *dev, enum iommu_cap cap)
{
	switch (cap) {
	case IOMMU_CAP_CACHE_COHERENCY:
		return toy_is_coherent(dev);
	default:
		return false;
	}
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'claims-coherency',
      () => 'Is every instance wired up coherently? Answer from what the instance or firmware reports.',
    ),
});
