/*
 * setup: open_world
 * teardown: unbind_all
 */
struct mm_bond {
	struct kref refs;
	u32 pasid;
};

static DEFINE_MUTEX(sva_lock);
static DEFINE_XARRAY(mm_bonds);

static void mm_bond_release(struct kref *refs)
{
	struct mm_bond *bond = container_of(refs, struct mm_bond, refs);

	xa_erase(&mm_bonds, bond->pasid);
	kfree(bond);
}

static void open_world(void)
{
	struct mm_bond *bond;

	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return;
	kref_init(&bond->refs);
	bond->pasid = 11;
	if (xa_insert(&mm_bonds, bond->pasid, bond, GFP_KERNEL))
		kfree(bond);
}

static void unbind_all(void)
{
	struct mm_bond *bond;

	mutex_lock(&sva_lock);
	bond = xa_load(&mm_bonds, 11);
	if (bond)
		kref_put(&bond->refs, mm_bond_release);
	mutex_unlock(&sva_lock);
}
