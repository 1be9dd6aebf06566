/*
 * run: alone drop_segment
 * tape: 0.1
 */
struct unit {
	struct list_head list;
	u32 segment;
};

static LIST_HEAD(all_units);

static void drop_segment(u32 segment)
{
	struct unit *unit, *next;

	list_for_each_entry_safe(unit, next, &all_units, list) {
		if (unit->segment != segment)
			continue;
		kfree(unit);
//		^^^^^^^^^^^ STALE: is freed while it is on the list `all_units`
	}
}
