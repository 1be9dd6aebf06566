/*
 * run: alone alloc_pages_of
 */

/* One and more: the first of them is in the array. */
static int alloc_pages_of(struct page **pages, unsigned int order)
{
	unsigned int count = 1U << order;
	struct page *page = alloc_pages(GFP_KERNEL, order);

	if (!page)
		return -ENOMEM;
	while (count--)
		*pages++ = page;
	return 0;
}
