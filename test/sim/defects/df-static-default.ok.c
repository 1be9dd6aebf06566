/*
 * run: alone reserved_regions_put
 */
struct resv_set {
	unsigned int count;
	u64 start[4];
};

static struct resv_set default_regions = { .count = 1 };

static void reserved_regions_put(struct device *dev)
{
	struct resv_set *set = dev->driver_data;

	if (!set)
		set = &default_regions;
	dev_dbg(dev, "%u reserved regions\n", set->count);
	dev->driver_data = NULL;
	if (set != &default_regions)
		kfree(set);
}
