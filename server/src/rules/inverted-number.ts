/** A number of bits is inverted as if it were a mask. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const invertedNumber = defineRule({
  id: 'inverted-number',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: '~12 clears two bits, not the low twelve.',
  why: '12 is neither one bit nor all bits below one, so it was meant as a width.',
  remedy: 'Use ~GENMASK(11, 0), or the mask of the page size.',
  source: 'drivers/iommu/arm/arm-smmu/arm-smmu.c:arm_smmu_tlb_inv_range_s1 (6.12)',
  bad: [
    {
      title: 'a width',
      code: `
unsigned long toy_page(unsigned long iova)
{
	return iova & ~12UL;
//                    ^^^^^ inverted-number: a width
}`,
    },
  ],
  good: [
    {
      title: 'a mask',
      code: `
unsigned long toy_page(unsigned long iova)
{
	return iova & ~4095UL;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'inverted-number',
      ({ subject }) =>
        `~${subject} clears the bits of ${subject}, which looks like a width. Was the mask of the low bits meant?`,
    ),
});
