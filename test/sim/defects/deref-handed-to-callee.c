/*
 * run: alone table_split
 * tape: 1
 */
struct area {
	struct list_head link;
	u64 start;
};

struct table {
	struct list_head areas;
	struct area *last;
};

static struct area *area_alloc(u64 start)
{
	struct area *area;

	area = kzalloc(sizeof(*area), GFP_KERNEL);
	if (!area)
		return NULL;
	area->start = start;
	return area;
}

static void area_insert(struct table *table, struct area *area)
{
	list_add(&area->link, &table->areas);
	table->last = area;
}

static int table_split(struct table *table, u64 start)
{
	struct area *area = area_alloc(start);

	area_insert(table, area);
//	^^^^^^^^^^^^^^^^^^^^^^^^ DEREF: while it is NULL
	return 0;
}
