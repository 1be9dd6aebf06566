/*
 * run: alone start_all
 * confidence: possible
 * tape: 1
 */
struct unit {
	struct list_head link;
	u32 index;
};

struct fabric {
	struct list_head units;
};

int start_unit(struct unit *unit);
void note_failure(int error);

static void name_units(struct fabric *fabric)
{
	struct unit *unit;
	u32 next = 0;

	list_for_each_entry(unit, &fabric->units, link)
		unit->index = next++;
}

/* That the list is empty is taken to be so before the loop that would set the result. */
static int start_all(struct fabric *fabric)
{
	struct unit *unit;
	int ret;

	name_units(fabric);
	list_for_each_entry(unit, &fabric->units, link) {
		ret = start_unit(unit);
		if (ret)
			break;
	}
	if (ret)
//	    ^^^ UNINIT: decides by `ret`, which nobody has set
		note_failure(ret);
	return ret;
}
