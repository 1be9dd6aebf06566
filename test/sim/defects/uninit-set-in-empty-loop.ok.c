/*
 * run: alone start_all
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

static int start_all(struct fabric *fabric)
{
	struct unit *unit;
	int ret = 0;

	name_units(fabric);
	list_for_each_entry(unit, &fabric->units, link) {
		ret = start_unit(unit);
		if (ret)
			break;
	}
	if (ret)
		note_failure(ret);
	return ret;
}
