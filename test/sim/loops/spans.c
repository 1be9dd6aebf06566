// SPDX-License-Identifier: MIT
/*
 * Walks over what an interval tree has and what it leaves free, each run of
 * addresses once. The tree is kept where the kernel has its own place.
 */

static struct rb_root_cached *tree_of(struct interval_tree_span_iter *span)
{
	return (struct rb_root_cached *)span->nodes[0];
}

/* The run that begins at an index. */
static void span_from(struct interval_tree_span_iter *span, unsigned long from)
{
	struct interval_tree_node *node = interval_tree_iter_first(tree_of(span), from, span->last_index);

	span->start_hole = from;
	span->last_hole = span->last_index;
	span->is_hole = !node || node->start > from;
	if (node && span->is_hole)
		span->last_hole = node->start - 1;
	while (node && !span->is_hole) {
		if (node->last >= span->last_index)
			return;
		span->last_used = node->last;
		node = interval_tree_iter_first(tree_of(span), node->last + 1, node->last + 1);
	}
}

void interval_tree_span_iter_first(struct interval_tree_span_iter *span, struct rb_root_cached *tree,
				   unsigned long first, unsigned long last)
{
	span->nodes[0] = (struct interval_tree_node *)tree;
	span->first_index = first;
	span->last_index = last;
	span_from(span, first);
}

void interval_tree_span_iter_next(struct interval_tree_span_iter *span)
{
	if (span->last_hole == span->last_index)
		span->is_hole = -1;
	else
		span_from(span, span->last_hole + 1);
}

void interval_tree_span_iter_advance(struct interval_tree_span_iter *span, struct rb_root_cached *tree,
				     unsigned long index)
{
	if (span->is_hole == -1)
		return;
	if (index > span->last_index)
		span->is_hole = -1;
	else
		span_from(span, index);
}

bool interval_tree_span_iter_done(struct interval_tree_span_iter *span)
{
	return span->is_hole == -1;
}
