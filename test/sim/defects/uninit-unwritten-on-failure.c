/*
 * run: alone attach_table
 * tape: 1
 */

/* A property that is absent leaves what it is given as it was. */
static int attach_table(struct device_node *node)
{
	u32 status;
	int ret;

	ret = of_property_read_u32(node, "status", &status);
	if (ret != 0 && status != 40)
//			^^^^^^^^^^^^ UNINIT: which nobody has set
		return -EIO;
	return 0;
}
