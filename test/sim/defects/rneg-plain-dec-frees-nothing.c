/*
 * setup: bind_world
 * tasks: unbind_one
 * teardown: close_world
 * tape: -
 */
struct bond {
	refcount_t refs;
	u32 pasid;
};

static struct bond *bond;

static void bind_world(void)
{
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return;
	refcount_set(&bond->refs, 1);
}

static void unbind_one(void)
{
	if (!bond)
		return;
	refcount_dec(&bond->refs);
//	^^^^^^^^^^^^^^^^^^^^^^^^^ RNEG: puts the last reference
}

static void close_world(void)
{
	kfree(bond);
	bond = NULL;
}
