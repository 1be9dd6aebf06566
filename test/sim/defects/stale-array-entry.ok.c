/*
 * setup: bind_world
 * tasks: unbind_world
 */
struct pasid_entry {
	u32 pasid;
};

static DEFINE_XARRAY(pasid_entries);

static void bind_world(void)
{
	struct pasid_entry *entry;

	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return;
	entry->pasid = 9;
	if (xa_insert(&pasid_entries, entry->pasid, entry, GFP_KERNEL))
		kfree(entry);
}

static void unbind_world(void)
{
	struct pasid_entry *entry;

	entry = xa_erase(&pasid_entries, 9);
	kfree(entry);
}
