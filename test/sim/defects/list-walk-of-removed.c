/*
 * run: alone detach_all
 * tape: -
 */
struct unit {
	struct list_head node;
	u32 state;
};

struct domain {
	struct list_head units;
};

static void detach_all(struct domain *domain)
{
	struct unit *unit;

	list_for_each_entry(unit, &domain->units, node) {
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LIST: goes on from a node that was taken off its list
		unit->state = 0;
		list_del_init(&unit->node);
	}
}
