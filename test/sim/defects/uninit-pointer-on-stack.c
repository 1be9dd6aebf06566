/*
 * run: alone collect_entry
 * tape: 1
 */
struct entry_cursor {
	u64 *entry;
	unsigned int level;
};

static u64 collect_entry(u64 *root, bool is_huge)
{
	struct entry_cursor cursor;

	cursor.level = is_huge ? 2 : 1;
	if (cursor.level == 1)
		cursor.entry = root;
	return *cursor.entry;
//	       ^^^^^^^^^^^^^ UNINIT: which nobody has set
}
