/*
 * setup: open_world
 * tasks: attach_pasid, walk_pasids
 */
struct pasid_space {
	struct xarray array;
	spinlock_t lock;
	unsigned int live;
};

static struct pasid_space space;

static void open_world(void)
{
	xa_init(&space.array);
	spin_lock_init(&space.lock);
}

static void attach_pasid(void)
{
	spin_lock(&space.lock);
	xa_lock(&space.array);
	space.live++;
	xa_unlock(&space.array);
	spin_unlock(&space.lock);
}

static void walk_pasids(void)
{
	guard(spinlock)(&space.lock);
	xa_lock(&space.array);
	space.live--;
	xa_unlock(&space.array);
}
