/*
 * run: alone swap_pools
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

	source = from == to ? pool_find(to) : pool_find(from);
	pool_put(target);
	pool_put(source);
	return 0;
}
