/*
 * run: alone write_entry
 * tape: -
 */
struct entry {
	u64 low;
	u64 high;
};

static void entry_commit(u64 *slot, struct entry *entry)
{
	if (entry->high)
		slot[1] = entry->high;
	slot[0] = entry->low;
}

static void write_entry(u64 *slot, u64 address)
{
	struct entry entry;

	entry.low = address;
	entry_commit(slot, &entry);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^ UNINIT: decides by `entry->high`, which nobody has set
}
