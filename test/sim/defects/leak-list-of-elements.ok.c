/*
 * run: alone gather_regions
 */
struct region {
	struct list_head list;
	u64 start;
};

int reserve_region(u64 start);

static void put_regions(struct list_head *regions)
{
	struct region *region, *next;

	list_for_each_entry_safe(region, next, regions, list) {
		list_del(&region->list);
		kfree(region);
	}
}

static int gather_regions(u64 first, u64 second)
{
	struct region *region;
	LIST_HEAD(regions);
	int ret;

	region = kzalloc(sizeof(*region), GFP_KERNEL);
	if (!region)
		return -ENOMEM;
	region->start = first;
	list_add_tail(&region->list, &regions);
	ret = reserve_region(first);
	if (ret)
		goto out;
	ret = reserve_region(second);
out:
	put_regions(&regions);
	return ret;
}
