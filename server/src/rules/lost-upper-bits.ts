/** What is 64 bits wide passes through 32. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const lostUpperBits = defineRule({
  id: 'lost-upper-bits',
  classes: ['value-encoding'],
  since: '0.2.0',
  summary: 'A value of 64 bits is masked, shifted or kept in 32, and loses its upper half.',
  why: 'C works in the width of the operands, not of what the result is put into: what lies above 4 GiB comes out below.',
  remedy:
    'Make one operand 64 bits wide before it is worked with, and keep addresses in phys_addr_t or dma_addr_t.',
  source:
    'include/linux/pfn.h:PFN_PHYS, include/linux/align.h:ALIGN_DOWN, include/linux/types.h:phys_addr_t (6.12); C11 6.3.1.8',
  bad: [
    {
      title: 'a mask of 32 bits',
      code: `
u64 toy_start_of(u64 iova, unsigned int page_size)
{
	return iova & ~(page_size - 1);
//                    ^^^^^^^^^^^^^^^^ lost-upper-bits: 32 bits
}`,
    },
    {
      title: 'pages that are counted in an int',
      code: `
u64 toy_length(int npages)
{
	u64 length = npages << PAGE_SHIFT;
//                   ^^^^^^^^^^^^^^^^^^^^ lost-upper-bits: 32 bits

	return length;
}`,
    },
    {
      title: 'a frame of a large memory',
      code: `
int toy_map(struct toy *toy, struct page *page)
{
	phys_addr_t address = page_to_pfn(page) << PAGE_SHIFT;
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-upper-bits: PFN_PHYS

	return toy_map_address(toy, address);
}`,
    },
    {
      title: 'an address in 32 bits',
      code: `
void toy_set_table(struct toy *toy, void *table)
{
	u32 address = virt_to_phys(table);
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lost-upper-bits: virt_to_phys

	writel(address, toy->base);
}`,
    },
  ],
  good: [
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
