/*
 * run: alone ats_cache_init
 * tape: 0.1
 */
struct ats_cache {
	u32 *tags;
};

static int ats_cache_init(struct device *dev, struct ats_cache *cache, unsigned int count)
{
	u32 *tags;

	tags = devm_kcalloc(dev, count, sizeof(*tags), GFP_KERNEL);
	if (!tags)
		return -ENOMEM;
	if (count > 64) {
		kfree(tags);
//		^^^^^^^^^^^ DF: which its device frees
		return -E2BIG;
	}
	cache->tags = tags;
	return 0;
}
