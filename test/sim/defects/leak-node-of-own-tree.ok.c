/*
 * tasks: fill_and_empty
 */
struct mapping {
	struct rb_node node;
	unsigned long iova;
};

static struct rb_root mappings;

static struct mapping *find(unsigned long iova)
{
	struct rb_node *node = mappings.rb_node;
	struct mapping *mapping;

	while (node) {
		mapping = rb_entry(node, struct mapping, node);
		if (mapping->iova == iova)
			return mapping;
		node = iova < mapping->iova ? node->rb_left : node->rb_right;
	}
	return NULL;
}

static void add(unsigned long iova)
{
	struct rb_node **link = &mappings.rb_node, *parent = NULL;
	struct mapping *mapping = kzalloc(sizeof(*mapping), GFP_KERNEL);

	if (!mapping)
		return;
	mapping->iova = iova;
	while (*link) {
		parent = *link;
		link = iova < rb_entry(parent, struct mapping, node)->iova ? &parent->rb_left :
									     &parent->rb_right;
	}
	rb_link_node(&mapping->node, parent, link);
	rb_insert_color(&mapping->node, &mappings);
}

static void drop(unsigned long iova)
{
	struct mapping *mapping = find(iova);

	if (!mapping)
		return;
	rb_erase(&mapping->node, &mappings);
	kfree(mapping);
}

static void fill_and_empty(void)
{
	struct rb_node *node;

	add(4);
	add(2);
	add(6);
	for (node = rb_first(&mappings); node && rb_next(node); node = rb_next(node))
		WARN_ON(rb_entry(node, struct mapping, node)->iova >=
			rb_entry(rb_next(node), struct mapping, node)->iova);
	drop(4);
	WARN_ON(find(4));
	drop(2);
	drop(6);
	WARN_ON(!RB_EMPTY_ROOT(&mappings));
}
