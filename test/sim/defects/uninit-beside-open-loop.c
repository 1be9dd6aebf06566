/*
 * run: alone sum_windows
 * tape: -
 */
/* The loop may go round more often, and WINDOW_SHIFT may be anything: neither sets the base. */
static u64 sum_windows(u64 *sizes, unsigned int count, bool is_remapped)
{
	unsigned int at;
	u64 total = 0;
	u64 base;

	for (at = 0; at < count; at++)
		total += sizes[at] << WINDOW_SHIFT;
	if (is_remapped)
		base = 1;
	if (base)
//	    ^^^^ UNINIT: decides by `base`, which nobody has set
		total += base;
	return total;
}
