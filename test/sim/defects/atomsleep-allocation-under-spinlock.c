/*
 * run: alone alloc_context_entry
 * tape: 1
 */
struct root_table {
	spinlock_t lock;
	u64 *entries[256];
};

static u64 *alloc_context_entry(struct root_table *root, u8 bus)
{
	u64 *context;

	spin_lock(&root->lock);
	context = root->entries[bus];
	if (!context) {
		context = kcalloc(512, sizeof(u64), GFP_KERNEL);
//			  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ATOMSLEEP: kcalloc() may sleep
		root->entries[bus] = context;
	}
	spin_unlock(&root->lock);
	return context;
}
