/*
 * setup: open_world
 * tasks: bind_first, bind_second
 * teardown: close_world
 */
struct iopf_entry {
	u32 pasid;
};

static DEFINE_XARRAY(entries);

static void open_world(void)
{
	xa_init(&entries);
}

static void bind_one(u32 pasid)
{
	struct iopf_entry *entry;

	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return;
	entry->pasid = pasid;
	if (xa_insert(&entries, pasid, entry, GFP_KERNEL))
		kfree(entry);
}

static void bind_first(void)
{
	bind_one(1);
}

static void bind_second(void)
{
	bind_one(2);
}

static void close_world(void)
{
	struct iopf_entry *entry;
	unsigned long pasid;

	xa_for_each(&entries, pasid, entry)
		kfree(entry);
	xa_destroy(&entries);
}
