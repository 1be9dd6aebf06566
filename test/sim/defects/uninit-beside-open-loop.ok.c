/*
 * run: alone sum_windows
 */
static u64 sum_windows(u64 *sizes, unsigned int count, bool is_remapped)
{
	unsigned int at;
	u64 total = 0;
	u64 base = 0;

	for (at = 0; at < count; at++)
		total += sizes[at] << WINDOW_SHIFT;
	if (is_remapped)
		base = 1;
	if (base)
		total += base;
	return total;
}
