/*
 * setup: open_world
 * tasks: map_page, drop_table
 * teardown: close_world
 * tape: 0.1.0.0.0.1
 */
struct page_table {
	refcount_t refs;
	u64 *root;
	u64 entry;
};

static struct page_table *current_table;
static DEFINE_MUTEX(table_lock);

static void open_world(void)
{
	struct page_table *table;

	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		return;
	refcount_set(&table->refs, 1);
	current_table = table;
}

static void page_table_put(struct page_table *table)
{
	if (!refcount_dec_and_test(&table->refs))
		return;
	scoped_guard(mutex, &table_lock)
		current_table = NULL;
	kfree(table);
}

static bool page_table_pin(struct page_table *table)
{
	if (refcount_inc_not_zero(&table->refs))
		return true;
	pr_warn("page table is going away\n");
	return false;
}

static void map_page(void)
{
	struct page_table *table;
	bool is_pinned = false;

	scoped_guard(mutex, &table_lock) {
		table = current_table;
		if (table) {
			is_pinned = page_table_pin(table);
			table->entry = 1;
//			^^^^^^^^^^^^^^^^ R01: although no reference could be got
		}
	}
	if (is_pinned)
		page_table_put(table);
}

static void drop_table(void)
{
	struct page_table *table;

	scoped_guard(mutex, &table_lock)
		table = current_table;
	if (table)
		page_table_put(table);
}

static void close_world(void)
{
	kfree(current_table);
	current_table = NULL;
}
