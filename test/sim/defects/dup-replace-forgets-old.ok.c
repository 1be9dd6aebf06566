/*
 * run: alone cache_table
 */
struct shadow_table {
	u64 root;
};

struct shadow_cache {
	struct xarray tables;
};

static int cache_table(struct shadow_cache *cache, unsigned long index, u64 root, u64 other)
{
	struct shadow_table *table;
	int ret;

	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	table->root = root;
	ret = xa_insert(&cache->tables, index, table, GFP_KERNEL);
	if (ret) {
		kfree(table);
		return ret;
	}
	if (root == other)
		return 0;
	table->root = other;
	return 0;
}
