/*
 * setup: publish_table
 * tasks: read_table, replace_table
 * teardown: close_table
 * tape: 0.0.0.1
 */
struct pasid_table {
	u32 max_pasid;
	struct rcu_head rcu;
};

static struct pasid_table *table;
static u32 seen_max;

static void publish_table(void)
{
	struct pasid_table *first;

	first = kzalloc(sizeof(*first), GFP_KERNEL);
	if (!first)
		return;
	first->max_pasid = 16;
	rcu_assign_pointer(table, first);
}

static void read_table(void)
{
	struct pasid_table *now;

	rcu_read_lock();
	now = rcu_dereference(table);
	rcu_read_unlock();
	if (now)
		seen_max = now->max_pasid;
//			   ^^^^^^^^^^^^^^ UAF: after it was freed
}

static void replace_table(void)
{
	struct pasid_table *old;

	old = rcu_dereference_protected(table, true);
	rcu_assign_pointer(table, NULL);
	if (old)
		kfree_rcu(old, rcu);
}

static void close_table(void)
{
	kfree(table);
	table = NULL;
}
