/*
 * run: alone stash_of
 * confidence: possible
 * tape: 0.1
 */

/* The hint that is passed has no path of its own: the last return forgets the node. */
static u32 stash_of(u32 hint, u32 phandle)
{
	struct device_node *node = of_find_node_by_phandle(phandle);
//				   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFLEAK: without putting it

	if (!node)
		return ~0u;
	if (hint == STASH_CACHE_L3) {
		u32 id = node->phandle;

		of_node_put(node);
		return id;
	}
	return ~0u;
}

