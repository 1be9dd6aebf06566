/*
 * run: alone ats_cache_init
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
		devm_kfree(dev, tags);
		return -E2BIG;
	}
	cache->tags = tags;
	return 0;
}
