/** A width in bits is stored where a count is kept. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const widthAsCount = defineRule({
  id: 'width-as-count',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A field that counts gets the number of bits.',
  why: 'Of n bits there are 1 << n numbers: the limit comes out far too small, and everything above it is refused.',
  remedy: 'Store 1UL << width.',
  source:
    'drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c:arm_smmu_device_hw_probe sets max_pasids to 1UL << ssid_bits (6.12)',
  bad: [
    {
      title: 'the width itself',
      code: `
struct toy { unsigned int max_pasids; unsigned int ssid_bits; };

void toy_probe(struct toy *toy)
{
	toy->max_pasids = toy->ssid_bits;
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ width-as-count: 1UL <<
}`,
    },
  ],
  good: [
    {
      title: 'as many as there are',
      code: `
struct toy { unsigned int max_pasids; unsigned int ssid_bits; };

void toy_probe(struct toy *toy)
{
	toy->max_pasids = 1UL << toy->ssid_bits;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'bit-number-as-count',
      ({ subject, other }) => `${subject} counts, and ${other} is a width in bits. Store 1UL << ${other}.`,
    ),
});
