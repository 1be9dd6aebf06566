/*
 * run: alone fill_area
 */
struct element {
	struct list_head list;
	u32 pages;
};

/* Whoever takes the first element knows that there is one; the walk before goes through it. */
static u32 fill_area(struct list_head *elements)
{
	struct element *element;
	u32 pages = 0;

	list_for_each_entry(element, elements, list)
		pages += element->pages;
	element = list_first_entry(elements, struct element, list);
	return pages + element->pages;
}
