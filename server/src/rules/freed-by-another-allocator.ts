/** Memory is given back to an allocator that did not give it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const freedByAnotherAllocator = defineRule({
  id: 'freed-by-another-allocator',
  classes: ['dma-coherency', 'use-after-free'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A field or variable is filled by one allocator and given to the releaser of another.',
  why: 'The releaser takes the pages for its own: its lists, its mappings and its counts are wrong from then on.',
  remedy: 'Use the releaser of the allocator that gave it.',
  source: 'Documentation/core-api/memory-allocation.rst, Documentation/core-api/dma-api.rst (6.12)',
  bad: [
    {
      title: 'pages given to the DMA API',
      code: `
struct toy { unsigned long table; dma_addr_t dma; };

int toy_init(struct toy *toy)
{
	toy->table = __get_free_pages(GFP_KERNEL, 0);
	return toy->table ? 0 : -ENOMEM;
}

void toy_exit(struct toy *toy, struct device *dev)
{
	dma_free_coherent(dev, 4096, (void *)toy->table, toy->dma);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ freed-by-another-allocator: comes from
}`,
    },
    {
      title: 'a bitmap from vzalloc()',
      code: `
struct toy { unsigned long *seen; };

int toy_init(struct toy *toy)
{
	toy->seen = vzalloc(PAGE_SIZE);
	return toy->seen ? 0 : -ENOMEM;
}

void toy_exit(struct toy *toy)
{
	bitmap_free(toy->seen);
//      ^^^^^^^^^^^^^^^^^^^^^^ freed-by-another-allocator: vzalloc()
}`,
    },
    {
      title: 'a variable',
      code: `
int toy_try(struct device *dev)
{
	void *table = (void *)__get_free_pages(GFP_KERNEL, 2);

	dma_free_coherent(dev, PAGE_SIZE << 2, table, 0);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ freed-by-another-allocator: __get_free_pages
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'kvfree() takes either, and vfree() what vcalloc() gave',
      code: `
struct toy { unsigned long *seen; unsigned long *lost; unsigned long *kept; };

int toy_init(struct toy *toy)
{
	toy->seen = vzalloc(PAGE_SIZE);
	toy->lost = bitmap_zalloc(64, GFP_KERNEL);
	toy->kept = vcalloc(64, sizeof(*toy->kept));
	return toy->seen && toy->lost && toy->kept ? 0 : -ENOMEM;
}

void toy_exit(struct toy *toy)
{
	kvfree(toy->seen);
	kfree(toy->lost);
	vfree(toy->kept);
}`,
    },
    {
      title: 'a variable given back to where it is from',
      code: `
int toy_try(struct device *dev, size_t size)
{
	void *table = kvmalloc(size, GFP_KERNEL);
	unsigned long page = __get_free_pages(GFP_KERNEL, 2);

	free_pages(page, 2);
	kvfree(table);
	return 0;
}`,
    },
    {
      title: 'given to whom they are',
      code: `
struct toy { unsigned long table; dma_addr_t dma; };

int toy_init(struct toy *toy)
{
	toy->table = __get_free_pages(GFP_KERNEL, 0);
	return toy->table ? 0 : -ENOMEM;
}

void toy_exit(struct toy *toy, struct device *dev)
{
	free_pages(toy->table, 0);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'foreign-free',
      ({ subject, other }) =>
        `${subject}() is given memory that comes from ${other}(). Use the releaser that goes with it.`,
    ),
});
