/*
 * run: alone write_entry
 */
struct entry {
	u64 low;
	u64 high;
};

struct raw {
	unknown128_t halves[2];
	u64 words[4];
};

/* A store whose place is not known may have set anything. */
static void raw_read(struct raw *raw, struct raw *from)
{
	raw->halves[0] = from->halves[0];
	raw->halves[1] = from->halves[1];
}

static bool raw_is_valid(struct raw *raw)
{
	return raw->words[0] & 1 ? true : false;
}

static void entry_commit(u64 *slot, struct entry *entry)
{
	if (entry->high)
		slot[1] = entry->high;
	slot[0] = entry->low;
}

static void write_entry(u64 *slot, struct raw *from, u64 address)
{
	struct entry entry = {};
	struct raw raw;

	entry.low = address;
	raw_read(&raw, from);
	if (raw_is_valid(&raw))
		entry.high = 1;
	entry_commit(slot, &entry);
}
