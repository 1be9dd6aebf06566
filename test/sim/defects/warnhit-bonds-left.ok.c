/*
 * setup: open_world
 * tasks: bind_two
 * teardown: close_world
 */
struct dev_bond {
	struct list_head link;
	u32 pasid;
};

static LIST_HEAD(dev_bonds);

static void open_world(void)
{
	INIT_LIST_HEAD(&dev_bonds);
}

static int bind_one(u32 pasid)
{
	struct dev_bond *bond;

	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return -ENOMEM;
	bond->pasid = pasid;
	list_add(&bond->link, &dev_bonds);
	return 0;
}

static void unbind_first(void)
{
	struct dev_bond *bond;

	bond = list_first_entry_or_null(&dev_bonds, struct dev_bond, link);
	if (!bond)
		return;
	list_del(&bond->link);
	kfree(bond);
}

static void bind_two(void)
{
	if (bind_one(1))
		return;
	if (bind_one(2)) {
		unbind_first();
		return;
	}
	unbind_first();
	unbind_first();
}

static void close_world(void)
{
	WARN_ON(!list_empty(&dev_bonds));
}
