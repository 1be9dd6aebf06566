/*
 * run: alone claim_slot
 */
struct unit {
	u32 id;
};

struct slot {
	struct unit *unit;
};

/* That a slot may be empty says nothing of the unit that it was compared with. */
static u32 claim_slot(struct slot *slot, struct unit *unit)
{
	if (slot->unit == unit) {
		if (slot->unit == NULL)
			slot->unit = unit;
		return unit->id;
	}
	return 0;
}
