/*
 * run: alone release_region
 * tape: -
 */
struct resv_region {
	struct list_head list;
	u64 start;
	size_t length;
};

static size_t release_region(struct list_head *regions, u64 start)
{
	struct resv_region *region;

	list_for_each_entry(region, regions, list) {
		if (region->start == start)
			break;
	}
	return region->length;
//	       ^^^^^^^^^^^^^^ LIST: after its loop the cursor is no element of the list
}
