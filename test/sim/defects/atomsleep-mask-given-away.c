/*
 * run: alone keep_region
 * tape: -
 */
struct unit_region;

/* Of another file, and not at hand. */
struct unit_region *unit_region_alloc(unsigned long start, size_t length, gfp_t gfp);
void unit_region_keep(struct unit_region *region);

void keep_region(unsigned long start)
{
	struct unit_region *region;

	rcu_read_lock();
	region = unit_region_alloc(start, 4096, GFP_KERNEL);
//		 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ATOMSLEEP: is given a mask that lets it sleep
	if (region)
		unit_region_keep(region);
	rcu_read_unlock();
}
