/** The DMA API is used for what it does not do. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const dmaMisused = defineRule({
  id: 'dma-misused',
  classes: ['dma-coherency', 'error-code'],
  since: '0.2.0',
  summary:
    'A DMA address is used without being asked for an error, memory is mapped that cannot be, or an address is computed that only the DMA API knows.',
  why: 'The device reads or writes what is not there, or what the CPU has in its caches; on the machine of the author all went well.',
  remedy:
    'Ask dma_mapping_error(), map memory of the slab or the page allocator, and take the address that the DMA API gives.',
  source:
    'Documentation/core-api/dma-api-howto.rst, "What memory is DMA\'able?" and "Handling Errors"; kernel/dma/debug.c:check_unmap; drivers/iommu/sun50i-iommu.c asks after each mapping (6.12); review of "iommu: add Unisoc iommu basic driver"',
  bad: [
    {
      title: 'the device is given what may be an error',
      code: `
struct toy { struct device *dev; void *table; dma_addr_t dma; void __iomem *base; };

void toy_start(struct toy *toy)
{
	toy->dma = dma_map_single(toy->dev, toy->table, PAGE_SIZE, DMA_TO_DEVICE);
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ dma-misused: dma_mapping_error()
	writel(toy->dma, toy->base);
}`,
    },
    {
      title: 'zero is an address like others',
      code: `
int toy_map(struct device *dev, void *table, dma_addr_t *out)
{
	dma_addr_t dma;

	dma = dma_map_single(dev, table, PAGE_SIZE, DMA_TO_DEVICE);
	if (!dma)
//          ^^^^ dma-misused: dma_mapping_error()
		return -ENOMEM;
	*out = dma;
	return 0;
}`,
    },
    {
      title: 'a buffer on the stack',
      code: `
int toy_send(struct device *dev, void __iomem *base)
{
	u32 command[4] = { 1 };
	dma_addr_t dma;

	dma = dma_map_single(dev, command, sizeof(command), DMA_TO_DEVICE);
//                                ^^^^^^^ dma-misused: the stack
	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	writel(dma, base);
	dma_unmap_single(dev, dma, sizeof(command), DMA_FROM_DEVICE);
//                                                  ^^^^^^^^^^^^^^^ dma-misused: DMA_TO_DEVICE
	return 0;
}`,
    },
    {
      title: 'the address of coherent memory, computed',
      code: `
struct toy { struct device *dev; void *table; dma_addr_t dma; void __iomem *base; };

int toy_setup(struct toy *toy)
{
	toy->table = dma_alloc_coherent(toy->dev, PAGE_SIZE, &toy->dma, GFP_KERNEL);
	return toy->table ? 0 : -ENOMEM;
}

void toy_start(struct toy *toy)
{
	writel(virt_to_phys(toy->table), toy->base);
//             ^^^^^^^^^^^^^^^^^^^^^^^^ dma-misused: dma_alloc_coherent()
}`,
    },
  ],
  good: [
    {
      title: 'asked, and by its own address',
      code: `
struct toy { struct device *dev; void *table; dma_addr_t dma; dma_addr_t command; void __iomem *base; };

int toy_setup(struct toy *toy)
{
	toy->table = dma_alloc_coherent(toy->dev, PAGE_SIZE, &toy->dma, GFP_KERNEL);
	return toy->table ? 0 : -ENOMEM;
}

int toy_start(struct toy *toy, void *command, size_t size)
{
	toy->command = dma_map_single(toy->dev, command, size, DMA_TO_DEVICE);
	if (dma_mapping_error(toy->dev, toy->command))
		return -ENOMEM;
	writel(toy->dma, toy->base);
	writel(toy->command, toy->base);
	dma_unmap_single(toy->dev, toy->command, size, DMA_TO_DEVICE);
	return 0;
}`,
    },
    {
      title: 'for the caller to ask, and memory of the linear map',
      code: `
dma_addr_t toy_map(struct device *dev, void *table)
{
	dma_addr_t dma = dma_map_single(dev, table, PAGE_SIZE, DMA_TO_DEVICE);

	return dma;
}

phys_addr_t toy_table(void)
{
	void *table = (void *)get_zeroed_page(GFP_KERNEL);

	return table ? virt_to_phys(table) : 0;
}`,
    },
  ],
  forms: [
    {
      of: 'What dma_map_single() or its like gave is used, and nobody asks whether it is an error.',
      why: 'Without an IOMMU, or when the bounce buffers are used up, mappings fail; the device then writes to the address that means failure.',
      instead: 'Ask dma_mapping_error() right after the mapping.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'dma-unasked',
          ({ subject, other }) =>
            `${other}() can fail, and nobody asks dma_mapping_error() about ${subject} before it is used.`,
        ),
    },
    {
      of: 'A DMA address is tested for zero.',
      why: 'Zero is a valid address, and the one that means failure is none: ~0.',
      instead: 'Ask dma_mapping_error().',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'dma-tested-zero',
          ({ subject }) =>
            `A failed mapping is not 0 but DMA_MAPPING_ERROR. Ask dma_mapping_error() about ${subject}.`,
        ),
    },
    {
      of: 'Memory on the stack or of vmalloc() is given to dma_map_single().',
      why: 'Such memory is not in the linear map: the address that the device gets is that of other memory.',
      instead: 'Allocate it with kmalloc().',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'dma-unfit',
          ({ subject, other }) =>
            `${subject} is memory of ${other}, which cannot be mapped like this. Use kmalloc().`,
        ),
    },
    {
      of: 'An address is mapped in one direction and unmapped in another.',
      why: 'What is written back or thrown out of the caches goes by the direction: data are lost, or stale ones read.',
      instead: 'Give both the same direction.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'dma-direction',
          ({ subject, other }) =>
            `It was mapped ${other}, and is unmapped ${subject}: the two must be the same.`,
          'Use the direction of the mapping',
        ),
    },
    {
      of: 'virt_to_phys() or its like is asked about memory of dma_alloc_coherent() or vmalloc().',
      why: 'Such memory may be mapped anew, uncached, anywhere: the translation is that of the linear map, and wrong.',
      instead: 'Use the address that the allocation gives, dma_addr_t; vmalloc_to_page() for vmalloc().',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'dma-translated',
          ({ subject, other }) =>
            `${subject} is memory of ${other}(), which need not be in the linear map. Use the address that the allocator gives.`,
        ),
    },
    {
      of: 'dma_alloc_coherent() is given __GFP_ZERO, or a zone.',
      why: 'The memory is zero anyway, and where it lies the DMA mask of the device says: zones are masked out.',
      instead: 'Leave the flag out.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'dma-flag-ignored', ({ subject, other }) =>
          subject === '__GFP_ZERO'
            ? `${other}() gives memory that is zero already. Leave __GFP_ZERO out.`
            : `${other}() goes by the DMA mask of the device, and ignores ${subject}. Leave it out, and set the mask.`,
        ),
    },
    {
      of: 'A DMA mask of 32 bits is tried where one of 64 was refused.',
      why: 'A wide mask says what the device can, and is not refused where a narrow one is taken: the second try fails for the same reason.',
      instead: 'Set the mask that the device has, once.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'mask-tried-again',
          () =>
            'A wider mask is never refused where a narrower one is taken (Documentation/core-api/dma-api-howto.rst). Set 64 bits alone, and return the error.',
        ),
    },
  ],
});
