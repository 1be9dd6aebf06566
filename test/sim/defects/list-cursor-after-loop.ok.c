/*
 * run: alone release_region
 */
struct resv_region {
	struct list_head list;
	u64 start;
	size_t length;
};

static size_t release_region(struct list_head *regions, u64 start)
{
	struct resv_region *region;
	struct resv_region *found = NULL;

	list_for_each_entry(region, regions, list) {
		if (region->start == start) {
			found = region;
			break;
		}
	}
	return found ? found->length : 0;
}
