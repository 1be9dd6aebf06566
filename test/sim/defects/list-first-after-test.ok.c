/*
 * run: alone first_pages
 */
struct element {
	struct list_head list;
	u32 pages;
};

/* It asks whether there is one before it takes it. */
static u32 first_pages(struct list_head *elements)
{
	struct element *element;
	u32 pages;

	if (list_empty(elements))
		return 0;
	element = list_first_entry(elements, struct element, list);
	pages = element->pages;
	return pages;
}
