/*
 * run: alone first_stash
 */
static u32 stash_of(u32 hint, u32 phandle)
{
	struct device_node *node = of_find_node_by_phandle(phandle);

	if (!node)
		return ~0u;
	if (hint == STASH_CACHE_L3) {
		u32 id = node->phandle;

		of_node_put(node);
		return id;
	}
	return ~0u;
}

/* No header says what the constant is, but it is equal to itself. */
static u32 first_stash(u32 phandle)
{
	return stash_of(STASH_CACHE_L3, phandle);
}
