/*
 * run: alone reserve_more
 */
struct region_array {
	u64 *starts;
	unsigned int count;
};

int publish_regions(u64 first, unsigned int count);

static int reserve_more(unsigned int count, unsigned int extra)
{
	u64 *starts;
	u64 *more;
	int ret;

	starts = kcalloc(count, sizeof(*starts), GFP_KERNEL);
	if (!starts)
		return -ENOMEM;
	more = krealloc(starts, (count + extra) * sizeof(*starts), GFP_KERNEL);
	if (!more) {
		kfree(starts);
		return -ENOMEM;
	}
	starts = more;
	starts[0] = count;
	ret = publish_regions(starts[0], count);
	kfree(starts);
	return ret;
}
