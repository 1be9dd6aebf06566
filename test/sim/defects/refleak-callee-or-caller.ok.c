/*
 * run: alone probe_node
 */

/* What this forgets it is told of; its callers are not. */
static int check_node(u32 phandle, int id)
{
	struct device_node *node = of_find_node_by_phandle(phandle);

	if (!node)
		return -ENODEV;
	if (id > 8)
		return -EINVAL;
	of_node_put(node);
	return 0;
}

static int probe_node(u32 phandle, int id)
{
	return check_node(phandle, id);
}
