/*
 * run: alone keep_region
 */
struct unit_region;

/* Of another file, and not at hand; the second is given flags, which are no mask. */
struct unit_region *unit_region_alloc(unsigned long start, size_t length, gfp_t gfp);
struct unit_region *unit_region_find(unsigned long start, unsigned int flags);
void unit_region_keep(struct unit_region *region);

void keep_region(unsigned long start)
{
	struct unit_region *region, *spare = unit_region_alloc(start, 4096, GFP_KERNEL);

	rcu_read_lock();
	region = unit_region_find(start, 0xcc0);
	if (!region)
		region = unit_region_alloc(start, 4096, GFP_ATOMIC);
	if (region)
		unit_region_keep(region);
	rcu_read_unlock();
	if (spare)
		unit_region_keep(spare);
}
