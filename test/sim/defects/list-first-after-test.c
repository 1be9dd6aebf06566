/*
 * run: alone first_pages
 * tape: 1
 */
struct element {
	struct list_head list;
	u32 pages;
};

/* It asks whether there is one, says that there is none, and takes it. */
static u32 first_pages(struct list_head *elements)
{
	struct element *element;
	u32 pages;

	if (list_empty(elements))
		pr_warn("no elements\n");
	element = list_first_entry(elements, struct element, list);
	pages = element->pages;
//		^^^^^^^^^^^^^^ LIST: the cursor is no element
	return pages;
}
