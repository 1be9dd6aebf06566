/*
 * run: alone detach_all
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
	struct unit *unit, *next;

	list_for_each_entry_safe(unit, next, &domain->units, node) {
		unit->state = 0;
		list_del_init(&unit->node);
	}
}
