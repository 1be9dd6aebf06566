/*
 * setup: open_world
 * tasks: publish, consume
 * teardown: close_world
 * tape: 0.0.1, -
 */
struct cd_table {
	u32 entries;
};

static struct cd_table *cd_table;
static u32 total;

static void open_world(void)
{
	total = 0;
}

static void publish(void)
{
	struct cd_table *table;

	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		return;
	smp_store_release(&cd_table, table);
	table->entries = 64;
//	^^^^^^^^^^^^^^^^^^^ OVERLAP: nothing orders the two
}

static void consume(void)
{
	struct cd_table *table;

	table = smp_load_acquire(&cd_table);
	if (table)
		total = table->entries;
//			^^^^^^^^^^^^^^ OVERLAP: nothing orders the two
}

static void close_world(void)
{
	kfree(cd_table);
	cd_table = NULL;
}
