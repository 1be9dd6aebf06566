/*
 * run: alone ctx_table_alloc
 */
struct ctx_table {
	u64 *root;
	u64 *contexts;
};

static struct ctx_table *ctx_table_alloc(unsigned int buses)
{
	struct ctx_table *table;

	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (!table)
		return ERR_PTR(-ENOMEM);
	table->root = kcalloc(buses, sizeof(u64), GFP_KERNEL);
	if (!table->root)
		goto err_table;
	table->contexts = kcalloc(buses, 4096, GFP_KERNEL);
	if (!table->contexts)
		goto err_root;
	return table;

err_root:
	kfree(table->root);
err_table:
	kfree(table);
	return ERR_PTR(-ENOMEM);
}
