/** A shift is made in 32 bits and stored in 64. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const intShift = defineRule({
  id: 'int-shift',
  classes: ['value-encoding'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A plain 1 is shifted by a width or to a page size, and the result goes into 64 bits.',
  why: 'The shift is made in int: at 31 it is negative and fills the upper half, from 32 on it is undefined.',
  remedy: 'Use BIT_ULL() or 1ULL.',
  source:
    'include/linux/bits.h, vdso/bits.h:BIT_ULL (6.12); review of "iommu/dma: Add a new dma_map_ops of get_merge_boundary()"',
  bad: [
    {
      title: 'in int',
      code: `
u64 toy_mask(int va_bits)
{
	u64 mask;

	mask = (1 << va_bits) - 1;
//              ^^^^^^^^^^^^ int-shift: 32 bits
	return mask;
}`,
    },
    {
      title: 'a page size',
      code: `
unsigned long toy_smallest_page(struct iommu_domain *domain)
{
	return 1 << __ffs(domain->pgsize_bitmap);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ int-shift: 32 bits
}`,
    },
  ],
  good: [
    {
      title: 'a page size in the type of the bitmap',
      code: `
unsigned long toy_smallest_page(struct iommu_domain *domain)
{
	return 1UL << __ffs(domain->pgsize_bitmap);
}`,
    },
    {
      title: 'in 64 bits',
      code: `
u64 toy_mask(int va_bits)
{
	u64 mask;

	mask = (1ULL << va_bits) - 1;
	return mask;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'int-shift',
      ({ subject, other }) =>
        `${subject} is shifted in 32 bits, and ${other} has 64. Use BIT_ULL() or 1ULL${/pgsize/.test(subject) ? ', or 1UL where the bitmap is a long' : ''}.`,
    ),
});
