/*
 * run: alone alloc_pages_of
 * confidence: possible
 * tape: 0.1
 */

/* The number of pages may be none: then nobody has the page. */
static int alloc_pages_of(struct page **pages, unsigned int count)
{
	struct page *page = alloc_page(GFP_KERNEL);
//			    ^^^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed

	if (!page)
		return -ENOMEM;
	while (count--)
		*pages++ = page;
	return 0;
}
