/*
 * tasks: take_ranges
 */
struct reserved_range {
	struct interval_tree_node node;
	void *owner;
};

static struct rb_root_cached ranges;

static int reserve(unsigned long start, unsigned long last, void *owner)
{
	struct reserved_range *range;

	if (interval_tree_iter_first(&ranges, start, last))
		return -EBUSY;
	range = kzalloc(sizeof(*range), GFP_KERNEL);
	if (!range)
		return -ENOMEM;
	range->node.start = start;
	range->node.last = last;
	range->owner = owner;
	interval_tree_insert(&range->node, &ranges);
	return 0;
}

/* All ranges of an owner, wherever they stand. */
static void release(void *owner)
{
	struct interval_tree_node *node, *next;
	struct reserved_range *range;

	for (node = interval_tree_iter_first(&ranges, 0, ULONG_MAX); node; node = next) {
		next = interval_tree_iter_next(node, 0, ULONG_MAX);
		range = container_of(node, struct reserved_range, node);
		if (range->owner != owner)
			continue;
		interval_tree_remove(&range->node, &ranges);
		kfree(range);
	}
}

static void take_ranges(void)
{
	static int one, other;

	if (reserve(8, 15, &one))
		return;
	if (!reserve(0, 3, &other)) {
		/* Nothing of it is free, and nothing else is taken. */
		WARN_ON(reserve(2, 9, &one) != -EBUSY);
		WARN_ON(interval_tree_iter_first(&ranges, 4, 7));
		release(&other);
	}
	release(&one);
	WARN_ON(!RB_EMPTY_ROOT(&ranges.rb_root));
}
