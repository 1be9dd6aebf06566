/** Bits are lost because a value is computed or kept in too few. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const lostBits = defineRule({
  id: 'lost-bits',
  classes: ['value-encoding'],
  since: '0.2.0',
  summary: 'A value is shifted, masked or kept in fewer bits than it needs.',
  why: 'What lies above is gone before it is stored, and no compiler says so: small machines and small tests work, large addresses do not.',
  remedy: 'Widen the first operand: BIT_ULL(), 1ULL, a cast, or a variable of the wider type.',
  source:
    'include/linux/bits.h, vdso/bits.h:BIT_ULL, include/linux/pfn.h:PFN_PHYS, include/linux/align.h:ALIGN_DOWN (6.12); C11 6.3.1.8, usual arithmetic conversions; review of "iommu/dma: Add a new dma_map_ops of get_merge_boundary()"',
  bad: [
    {
      title: 'in int',
      code: `
u64 toy_mask(int va_bits)
{
	u64 mask;

	mask = (1 << va_bits) - 1;
//              ^^^^^^^^^^^^ lost-bits: 32 bits
	return mask;
}`,
    },
    {
      title: 'a page size',
      code: `
unsigned long toy_smallest_page(struct iommu_domain *domain)
{
	return 1 << __ffs(domain->pgsize_bitmap);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-bits: 32 bits
}`,
    },
    {
      title: 'a product of 32 bits',
      code: `
u64 toy_bytes(u32 entries, u32 size)
{
	u64 bytes;

	bytes = entries * size;
//              ^^^^^^^^^^^^^^ lost-bits: too large
	return bytes;
}`,
    },
    {
      title: 'a segment that does not fit',
      code: `
int toy_id(unsigned int segment, unsigned int bus)
{
	u16 devid;

	devid = ((segment & 0xffff) << 16) | ((bus & 0xff) << 8);
//               ^^^^^^^^^^^^^^^^^^^^^^^^ lost-bits: Nothing is left
	return devid;
}`,
    },
    {
      title: 'a mask of 32 bits',
      code: `
u64 toy_start_of(u64 iova, unsigned int page_size)
{
	return iova & ~(page_size - 1);
//                    ^^^^^^^^^^^^^^^^ lost-bits: 32 bits
}`,
    },
    {
      title: 'pages that are counted in an int',
      code: `
u64 toy_length(int npages)
{
	u64 length = npages << PAGE_SHIFT;
//                   ^^^^^^^^^^^^^^^^^^^^ lost-bits: 32 bits

	return length;
}`,
    },
    {
      title: 'a frame of a large memory',
      code: `
int toy_map(struct toy *toy, struct page *page)
{
	phys_addr_t address = page_to_pfn(page) << PAGE_SHIFT;
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-bits: PFN_PHYS

	return toy_map_address(toy, address);
}`,
    },
    {
      title: 'an address in 32 bits',
      code: `
void toy_set_table(struct toy *toy, void *table)
{
	u32 address = virt_to_phys(table);
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-bits: virt_to_phys

	writel(address, toy->base);
}`,
    },
  ],
  good: [
    {
      title: 'in the type of the destination',
      code: `
u64 toy_size(unsigned int nr_pages, u32 size)
{
	u64 bytes = (u64)nr_pages * size;

	return bytes + ((u64)nr_pages << PAGE_SHIFT);
}

dma_addr_t toy_page(dma_addr_t iova, size_t granule, int bits)
{
	return iova & ~(granule - 1) & ~0xfff;
}

u32 toy_id(unsigned int segment, unsigned int bus, u32 flags, u32 mask)
{
	flags &= ~mask;
	return ((segment & 0xffff) << 16) | ((bus & 0xff) << 8) | flags;
}`,
    },
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
    {
      title: 'wide before it is worked with',
      code: `
u64 toy_start_of(u64 iova, unsigned int page_size)
{
	return iova & ~((u64)page_size - 1);
}

u64 toy_length(int npages, int mask)
{
	u64 length = (u64)npages << PAGE_SHIFT;

	return length & ~mask;
}

int toy_map(struct toy *toy, struct page *page)
{
	phys_addr_t address = page_to_phys(page);
	u32 low = lower_32_bits(address);

	return toy_map_address(toy, address, low);
}`,
    },
  ],
  forms: [
    {
      of: 'A 1 is shifted in int by a number of six bits or more that a register gives.',
      why: 'A shift by 32 or more is undefined: the CPU takes 32 for 0, or gives 0.',
      instead: 'Use 1ULL, or refuse what is too large where the register is read.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'field-shift',
          ({ subject, other }) =>
            `${subject} is what a register says, up to ${other}, and an int has 32 bits. 1ULL, or refuse it where it is read?`,
        ),
    },
    {
      of: 'A plain 1 is shifted by a width or to a page size, and the result goes into 64 bits.',
      why: 'The shift is made in int: at 31 it is negative and fills the upper half, from 32 on it is undefined.',
      instead: 'Use BIT_ULL() or 1ULL.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'int-shift',
          ({ subject, other }) =>
            `${subject} is shifted in 32 bits, and ${other} has 64. Use BIT_ULL() or 1ULL${/pgsize/.test(subject) ? ', or 1UL where the bitmap is a long' : ''}.`,
        ),
    },
    {
      of: 'Two numbers of 32 bits are multiplied, and the product goes into 64.',
      why: 'The product is made in 32 bits: what does not fit is gone before it is widened.',
      instead: 'Cast one of them first.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(input, 'multiplied-before-widened', ({ subject, other }) => {
          const [narrow, into] = other.split(' ');
          return `${subject} is computed in 32 bits, and ${into} has 64: can it be too large? Cast ${narrow} first.`;
        }),
    },
    {
      of: 'A part of a value is shifted by as many bits as its destination has, or more.',
      why: 'None of its bits arrive.',
      instead: 'Keep the value in a wider type.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'bits-shifted-out',
          ({ subject, other }) => `Nothing is left of ${subject}: ${other} bits. A wider type?`,
        ),
    },
    {
      of: 'A value of 64 bits is masked with the inverse of an unsigned one of 32.',
      why: 'The inverse is worked out in 32 bits and then filled up with zeros: the mask takes the whole upper half away.',
      instead: 'Use ALIGN_DOWN(), or cast what is inverted.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'narrow-mask',
          ({ subject, other }) =>
            `${subject} is inverted in 32 bits, so this clears the upper half of ${other} as well. Cast it, or use ALIGN_DOWN().`,
        ),
    },
    {
      of: 'A number of pages, or of a page frame, is shifted in its own width and put into something wider.',
      why: 'What is shifted out at the top is lost before the result is made wide.',
      instead: 'Cast the number first; of a page frame PFN_PHYS() makes an address.',
      severity: 'info',
      confidence: 'possible',
      quietInTree: true,
      check: (input) =>
        odditiesIn(input, 'narrow-shift', ({ subject, other }) =>
          other.endsWith(' long')
            ? `${subject} is a long, and is shifted as one: where that has 32 bits, addresses above 4 GiB are lost. PFN_PHYS()?`
            : `${subject} is shifted in 32 bits, and only then made as wide as ${other}: from 4 GiB on it is lost. Cast it first.`,
        ),
    },
    {
      of: 'An address is put into a variable of 32 bits.',
      why: 'Memory may lie above 4 GiB, and nothing says that this does not.',
      instead: 'Keep it in phys_addr_t or dma_addr_t; lower_32_bits() says that no more is wanted.',
      severity: 'info',
      confidence: 'possible',
      quietInTree: true,
      check: (input) =>
        odditiesIn(
          input,
          'narrow-address',
          ({ subject, other }) =>
            `${other}() may give an address above 4 GiB, and ${subject} has 32 bits. What keeps the memory below?`,
        ),
    },
  ],
});
