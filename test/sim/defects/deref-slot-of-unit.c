/*
 * run: alone claim_slot
 * tape: -
 */
struct unit {
	u32 id;
};

struct slot {
	struct unit *unit;
};

/* Here it asks for its own argument. */
static u32 claim_slot(struct slot *slot, struct unit *unit)
{
	if (slot->unit == unit)
		return 0;
	if (unit == NULL)
		slot->unit = unit;
	return unit->id;
//	       ^^^^^^^^ DEREF: while it is NULL
}
