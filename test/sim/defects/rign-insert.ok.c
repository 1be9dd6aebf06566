/*
 * run: alone register_source
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
	int ret;

	source = kzalloc(sizeof(*source), GFP_KERNEL);
	if (!source)
		return -ENOMEM;
	source->sid = sid;
	ret = xa_insert(&table->by_sid, sid, source, GFP_KERNEL);
	if (ret) {
		kfree(source);
		return ret;
	}
	list_add_tail(&source->link, &table->all);
	return 0;
}
