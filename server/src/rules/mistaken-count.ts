/** One kind of number that is taken for another: a count, a last index, a width, a size, a number of bytes. */
import { cameBefore } from './context.js';
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const mistakenCount = defineRule({
  id: 'mistaken-count',
  classes: ['value-encoding'],
  since: '0.2.0',
  summary: 'A count, the last index, and a number of bits are three numbers, and one is used for another.',
  why: 'Of n entries the last has the index n - 1, and n bits make 1 << n numbers: the check lets one too many through, or refuses nearly all.',
  remedy:
    'Test an index with >= of the count, give a last index as count - 1, and store 1UL << width as a count.',
  source:
    'Documentation/process/deprecated.rst (6.12), and the review that says so; include/linux/idr.h:ida_alloc_range, lib/idr.c (6.12); drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c:arm_smmu_device_hw_probe sets max_pasids to 1UL << ssid_bits (6.12)',
  bad: [
    {
      title: 'one behind the end',
      code: `
struct toy { int nr_slots; int slots[16]; };

int toy_slot(struct toy *toy, int index)
{
	if (index > toy->nr_slots)
//          ^^^^^^^^^^^^^^^^^^^^^ mistaken-count: >=
		return -EINVAL;
	return toy->slots[index];
}`,
    },
    {
      title: 'a search that found nothing',
      code: `
int toy_asid(struct toy *toy)
{
	unsigned long asid = find_first_zero_bit(toy->asids, toy->nr_asids);

	if (asid > toy->nr_asids)
//          ^^^^^^^^^^^^^^^^^^^^ mistaken-count: >=
		return -ENOSPC;
	set_bit(asid, toy->asids);
	return asid;
}`,
    },
    {
      title: 'one behind the end, beside another test',
      code: `
int toy_signal(struct toy *toy, int vector)
{
	if (vector < 0 || vector > toy->irq_count)
//                        ^^^^^^^^^^^^^^^^^^^^^^^ mistaken-count: >=
		return -EINVAL;
	return toy->irqs[vector].number;
}`,
    },
  ],
  good: [
    {
      title: 'a search that found nothing, and a number from one on',
      code: `
int toy_asid(struct toy *toy, unsigned int nr)
{
	unsigned long asid = find_first_zero_bit(toy->asids, toy->nr_asids);

	if (asid >= toy->nr_asids || nr > toy->nr_asids)
		return -ENOSPC;
	return toy->slots[nr - 1] + asid;
}`,
    },
    {
      title: 'the whole range',
      code: `
struct iommu_iotlb_gather { unsigned long start; unsigned long end; };
struct mmu_notifier_range { unsigned long start; unsigned long end; };
void toy_flush(struct toy *toy, unsigned long start, size_t size);

void toy_sync(struct toy *toy, struct iommu_iotlb_gather *gather)
{
	toy_flush(toy, gather->start, gather->end - gather->start + 1);
}

void toy_invalidate(struct toy *toy, const struct mmu_notifier_range *range)
{
	toy_flush(toy, range->start, range->end - range->start);
}

int toy_is_empty(struct iommu_iotlb_gather *gather)
{
	return gather->end - gather->start == 0;
}`,
    },
    {
      title: 'last against last, and end against end',
      code: `
struct iommu_domain_geometry { dma_addr_t aperture_start; dma_addr_t aperture_end; };
struct iommu_domain { struct iommu_domain_geometry geometry; };
struct mmu_notifier_range { unsigned long start; unsigned long end; };

int toy_map(struct iommu_domain *domain, unsigned long iova, size_t size)
{
	if (iova + size - 1 > domain->geometry.aperture_end)
		return -EINVAL;
	if (iova + size > domain->geometry.aperture_end + 1)
		return -EINVAL;
	return 0;
}

int toy_is_within(const struct mmu_notifier_range *range, unsigned long start, size_t size)
{
	return start >= range->start && !(start + size > range->end);
}`,
    },
  ],
  forms: [
    {
      of: 'An index is refused when it is larger than a count, so the count itself passes.',
      why: 'Of n entries the last has the index n - 1: the check lets one through that lies behind the end.',
      instead: 'Test with >=.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'count-as-index',
          ({ subject, other }) =>
            `${subject} equal to ${other} lies behind the last entry and passes. Should this be >=?`,
          'Test with >=',
        ),
    },
    {
      of: 'The limit of ida_alloc_range(), XA_LIMIT() or their like is 1 << n, which is handed out as well.',
      why: 'These limits are inclusive: the number 1 << n does not fit into n bits.',
      instead: 'Subtract one.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'limit-past-end',
          ({ subject, other }) =>
            `The limit of ${other}() is included, so ${subject} itself may be handed out, and does not fit. Subtract one.`,
          'Subtract one',
        ),
    },
    {
      of: 'A size is counted without the last address of a range whose end is part of it, or with one that is behind it.',
      why: 'Some ranges of the kernel end with their last address (struct iommu_iotlb_gather, struct resource, apertures), others with the first one behind (mmu notifiers, mappings of a process): the last page is left out, or one too many is taken.',
      instead: 'Add one to the difference where the end is part of the range, and nowhere else.',
      severity: 'warning',
      confidence: 'possible',
      *check(input) {
        const said = odditiesIn(input, 'size-off-by-one', ({ subject, other, spot }) => {
          const [kind, since] = other.split(' ');
          if (since && cameBefore(input.series, spot, since)) return '';
          // What the patch takes out counted so, too.
          if (spot.unit.image.removed.some((line) => line.includes(`${subject} -`))) return '';
          return kind === 'inclusive'
            ? `${subject} is part of the range: the size is the difference plus one, and this leaves out the last address.`
            : `${subject} is the first address behind the range: the size is the difference, and this is one too many.`;
        });
        for (const objection of said) if (objection.message !== '') yield objection;
      },
    },
    {
      of: 'The first address behind a range is compared with a member that holds the last address of another.',
      why: 'A range that ends where the other does is taken for one that goes beyond it: its last page is refused.',
      instead: 'Compare the last addresses: subtract one.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'end-against-last',
          ({ subject, other }) =>
            `${other} is the last address of its range, and ${subject} is one behind: a range that ends there is refused. ${subject} - 1?`,
          'Subtract one',
        ),
    },
    {
      of: 'A number of bytes is given to a function that multiplies it by the size of an entry.',
      why: 'It works on several times as much as there is: on what lies behind the table, too.',
      instead: 'Give the number of entries.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'bytes-for-entries',
          ({ subject, other }) =>
            `${other}, a number of entries, and multiplies it by their size. ${subject} is a number of bytes: divide it.`,
        ),
    },
    {
      of: 'A field that counts gets the number of bits.',
      why: 'Of n bits there are 1 << n numbers: the limit comes out far too small, and everything above it is refused.',
      instead: 'Store 1UL << width.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'bit-number-as-count',
          ({ subject, other }) =>
            `${subject} counts, and ${other} is a width in bits. Store 1UL << ${other}.`,
        ),
    },
    {
      of: 'The number that ffs() gives, which counts bits from one, is shifted by.',
      why: 'Of the lowest bit it makes the one above: a page of 4 KiB comes out as 8 KiB.',
      instead: 'Use __ffs(), which counts from zero.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'bit-from-one',
          ({ subject }) => `${subject} counts bits from one, so this is the bit above the lowest. __ffs()?`,
        ),
    },
    {
      of: 'A number of bytes is given as the order of pages, or a number of pages is given to get_order().',
      why: 'An order n is 1 << n pages: a size as an order is far beyond what there is, and pages as bytes are far too few.',
      instead: 'Pass get_order(size), with the size in bytes.',
      severity: 'warning',
      confidence: 'certain',
      *check(input) {
        yield* odditiesIn(
          input,
          'bytes-as-order',
          ({ subject, other }) =>
            `${other}() takes an order, and ${subject} is a number of bytes. get_order()?`,
        );
        yield* odditiesIn(
          input,
          'pages-as-bytes',
          ({ subject, other }) =>
            `${other}() takes bytes, and ${subject} is a number of pages. Shift it by PAGE_SHIFT?`,
        );
      },
    },
    {
      of: 'A loop over an array goes on while the index is not larger than the number of entries.',
      why: 'The last round is behind the end of the array.',
      instead: 'Test with <.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'round-too-many',
          ({ subject, other }) =>
            `The last index is ${other} - 1, and ${subject} goes one beyond. Test with <.`,
          'Test with <',
        ),
    },
  ],
});
