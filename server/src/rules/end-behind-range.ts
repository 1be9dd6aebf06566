/** The first address behind a range stands where the kernel wants its last one. */
import { cameBefore } from './context.js';
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const endBehindRange = defineRule({
  id: 'end-behind-range',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A member that holds the last address of a range is set to the first one behind it.',
  why: 'Apertures, resources and gathered invalidations end with their last address: one more lets through what does not fit, and 1ULL << 64 is none at all.',
  remedy: 'Subtract one; DMA_BIT_MASK(bits) is the last address of as many bits.',
  source:
    'include/linux/iommu.h:struct iommu_domain_geometry, struct iommu_iotlb_gather; include/linux/ioport.h:resource_size (6.12)',
  bad: [
    {
      title: 'one bit more',
      code: `
void toy_init(struct iommu_domain *domain, unsigned int bits)
{
	domain->geometry.aperture_end = 1ULL << bits;
//                                      ^^^^^^^^^^^^ end-behind-range: last address
}`,
    },
  ],
  good: [
    {
      title: 'the last address',
      code: `
void toy_init(struct iommu_domain *domain, unsigned int bits)
{
	domain->geometry.aperture_end = DMA_BIT_MASK(bits);
	domain->geometry.aperture_end = (1ULL << bits) - 1;
}`,
    },
  ],
  *check(input) {
    const said = odditiesIn(
      input,
      'end-set-behind',
      ({ subject, other, spot }) => {
        const [member, since] = other.split(' ');
        if (since && cameBefore(input.series, spot, since)) return '';
        return `${member} is the last address of its range, and ${subject} is the first one behind it. Subtract one.`;
      },
      'Subtract one',
    );
    for (const objection of said) if (objection.message !== '') yield objection;
  },
});
