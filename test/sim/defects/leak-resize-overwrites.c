/*
 * run: alone reserve_more
 * tape: 0.1
 */
struct region_array {
	u64 *starts;
	unsigned int count;
};

int publish_regions(u64 first, unsigned int count);

static int reserve_more(unsigned int count, unsigned int extra)
{
	u64 *starts;
	int ret;

	starts = kcalloc(count, sizeof(*starts), GFP_KERNEL);
//		 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed on this path
	if (!starts)
		return -ENOMEM;
	starts = krealloc(starts, (count + extra) * sizeof(*starts), GFP_KERNEL);
	if (!starts)
		return -ENOMEM;
	starts[0] = count;
	ret = publish_regions(starts[0], count);
	kfree(starts);
	return ret;
}
