/*
 * run: alone cache_table
 * tape: -, -
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
	struct shadow_table *second;
	int ret;

	table = kzalloc(sizeof(*table), GFP_KERNEL);
//		^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed on this path
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
	second = kzalloc(sizeof(*second), GFP_KERNEL);
	if (!second)
		return -ENOMEM;
	second->root = other;
	xa_store(&cache->tables, index, second, GFP_KERNEL);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ DUP: overwrites the shadow_table
	return 0;
}
