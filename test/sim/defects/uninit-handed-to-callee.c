/*
 * run: alone swap_pools
 * tape: 1
 */
struct pool {
	u32 users;
};

static void pool_put(struct pool *pool)
{
	pool->users--;
}

struct pool *pool_find(u32 id);

static int swap_pools(u32 from, u32 to)
{
	struct pool *source;
	struct pool *target = pool_find(to);

	if (from != to)
		source = pool_find(from);
	pool_put(target);
	pool_put(source);
//	^^^^^^^^^^^^^^^^ UNINIT: which nobody has set
	return 0;
}
