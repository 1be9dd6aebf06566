/*
 * run: alone find_master_node
 * tape: 0.0.0.0.0.0.0.0.1
 */
struct master_list {
	unsigned int count;
};

bool node_is_master(const char *name, u32 phandle);

static int find_master_node(struct master_list *masters, struct device_node *parent)
{
	unsigned int index;

	for (index = 0; index < 4; index++) {
		struct device_node *node = of_parse_phandle(parent, "masters", index);
//					   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFLEAK: without putting it on this path

		if (!node)
			break;
		if (!node_is_master(node->name, node->phandle))
			continue;
		masters->count++;
		of_node_put(node);
	}
	return masters->count ? 0 : -ENODEV;
}
