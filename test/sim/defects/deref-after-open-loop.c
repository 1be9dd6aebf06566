/*
 * run: alone map_windows
 * tape: 0.1
 */
struct window_map {
	u64 base;
	u64 size;
};

static struct window_map *map_windows(u64 *sizes, unsigned int count)
{
	struct window_map *map;
	unsigned int at;
	u64 total = 0;

	for (at = 0; at < count; at++)
		total += sizes[at];
	map = kzalloc(sizeof(*map), GFP_KERNEL);
	map->size = total;
//	^^^^^^^^^^^^^^^^^ DEREF: while it is NULL
	map->base = WINDOW_BASE;
	return map;
}
