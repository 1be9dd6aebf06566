/*
 * run: alone fill_area
 * tape: -
 */
struct element {
	struct list_head list;
	u32 pages;
};

/* The list is empty because the function has just emptied it. */
static u32 fill_area(struct list_head *elements)
{
	struct element *element;
	u32 pages;

	INIT_LIST_HEAD(elements);
	element = list_first_entry(elements, struct element, list);
	pages = element->pages;
//		^^^^^^^^^^^^^^ LIST: the cursor is no element
	return pages;
}
