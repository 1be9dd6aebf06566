/*
 * setup: probe_world
 * tasks: remove_device
 */
struct master {
	struct list_head node;
	u32 sid;
};

static LIST_HEAD(masters);
static DEFINE_MUTEX(masters_lock);
static struct master *only_master;

static void probe_world(void)
{
	struct master *master __free(kfree) = kzalloc(sizeof(*master), GFP_KERNEL);

	if (!master)
		return;
	master->sid = 4;
	guard(mutex)(&masters_lock);
	list_add(&master->node, &masters);
	only_master = no_free_ptr(master);
}

static void remove_device(void)
{
	struct master *master = only_master;

	if (!master)
		return;
	only_master = NULL;
	scoped_guard(mutex, &masters_lock)
		list_del(&master->node);
	kfree(master);
}
