/*
 * run: alone probe_node
 * tape: 0.1
 */

/* It gives a node away; that is a failure only for the caller. */
static struct device_node *node_of(u32 phandle)
{
	return of_find_node_by_phandle(phandle);
}

static int probe_node(u32 phandle, int id)
{
	struct device_node *node = node_of(phandle);
//				   ^^^^^^^^^^^^^^^^ REFLEAK: without putting it

	if (!node)
		return -ENODEV;
	if (id > 8)
		return -EINVAL;
	of_node_put(node);
	return 0;
}
