/*
 * tasks: use_ranges
 */
static struct rb_root_cached ranges;

static void add(struct interval_tree_node *node, unsigned long start, unsigned long last)
{
	node->start = start;
	node->last = last;
	interval_tree_insert(node, &ranges);
}

static void use_ranges(void)
{
	static struct interval_tree_node low, middle, high;

	add(&middle, 10, 19);
	add(&low, 0, 9);
	add(&high, 20, 29);
	/* In order, whatever the shape is. */
	WARN_ON(interval_tree_iter_first(&ranges, 0, ULONG_MAX) != &low);
	WARN_ON(interval_tree_iter_next(&low, 0, ULONG_MAX) != &middle);
	WARN_ON(interval_tree_iter_next(&middle, 0, ULONG_MAX) != &high);
	WARN_ON(interval_tree_iter_first(&ranges, 15, 25) != &middle);
	interval_tree_remove(&middle, &ranges);
	WARN_ON(interval_tree_iter_next(&low, 0, ULONG_MAX) != &high);
	interval_tree_remove(&low, &ranges);
	interval_tree_remove(&high, &ranges);
	WARN_ON(interval_tree_iter_first(&ranges, 0, ULONG_MAX));
}
