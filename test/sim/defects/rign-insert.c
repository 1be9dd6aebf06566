/*
 * run: alone register_source
 * tape: -
 */
struct irq_source {
	struct list_head link;
	u32 sid;
};

struct source_table {
	struct list_head all;
	struct xarray by_sid;
};

static int register_source(struct source_table *table, u32 sid)
{
	struct irq_source *source;

	source = kzalloc(sizeof(*source), GFP_KERNEL);
	if (!source)
		return -ENOMEM;
	source->sid = sid;
	xa_insert(&table->by_sid, sid, source, GFP_KERNEL);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RIGN: the result of xa_insert() is ignored
	list_add_tail(&source->link, &table->all);
	return 0;
}
