/*
 * setup: open_world
 * tasks: bind_twice
 * teardown: close_world
 * tape: -, -
 */
struct sva_bond {
	u32 pasid;
};

static DEFINE_XARRAY(bonds);

static void open_world(void)
{
	xa_init(&bonds);
}

static int bind_pasid(u32 pasid)
{
	struct sva_bond *bond;
	void *old;

	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
//	       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed on this path
	if (!bond)
		return -ENOMEM;
	bond->pasid = pasid;
	old = xa_store(&bonds, pasid, bond, GFP_KERNEL);
//	      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ DUP: which then nobody finds
	if (xa_is_err(old)) {
		kfree(bond);
		return xa_err(old);
	}
	return 0;
}

static void bind_twice(void)
{
	if (bind_pasid(1))
		return;
	bind_pasid(1);
}

static void close_world(void)
{
	kfree(xa_erase(&bonds, 1));
}
