/*
 * setup: open_world
 * tasks: report_request, remove_bond
 */
struct bond {
	unsigned int requests;
};

static struct xarray bonds;

static void open_world(void)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	xa_init(&bonds);
	if (bond && xa_err(xa_store(&bonds, 1, bond, GFP_KERNEL)))
		kfree(bond);
}

static void report_request(void)
{
	struct bond *bond;

	xa_lock(&bonds);
	bond = xa_load(&bonds, 1);
	if (bond)
		bond->requests++;
	xa_unlock(&bonds);
}

static void remove_bond(void)
{
	kfree(xa_erase(&bonds, 1));
}
