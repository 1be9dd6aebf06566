/** Twenty bits, whatever the hardware has. */
import { defineRule } from './rule.js';

export const assumedPasidWidth = defineRule({
  id: 'assumed-pasid-width',
  classes: ['pasid-lifetime-limits', 'value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A PASID is taken to have 20 bits.',
  why: 'The width is what the device and its IOMMU both support; both report it, and either may have less.',
  remedy:
    'Take the smaller of what the device (pci_max_pasids(), dev->iommu->max_pasids) and the IOMMU report.',
  source: 'drivers/iommu/iommu.c:dev_iommu_get_max_pasids (6.12)',
  bad: [
    {
      title: 'assumed',
      code: `
void toy_probe(struct toy_iommu *iommu)
{
	iommu->iommu.max_pasids = 1UL << 20;
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ assumed-pasid-width: reports
}`,
    },
  ],
  good: [
    {
      title: 'reported',
      code: `
void toy_probe(struct toy_iommu *iommu)
{
	iommu->iommu.max_pasids = 1UL << toy_pasid_bits(iommu);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { spot, text } of fn.pasidLimits) {
        if (!isNew(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `\`${text}\` assumes PASIDs of 20 bits, but the hardware reports how many it has. Take the smaller of what device and IOMMU support.`,
        };
      }
    }
  },
});
