/*
 * run: alone map_second
 */
struct table {
	u32 type;
	u64 *below;
};

/* Entries that are valid have that type: whoever comes here has looked. */
static u64 *below_of(struct table *table)
{
	if (table->type != 2)
		return NULL;
	return table->below;
}

static u64 map_second(struct table *table)
{
	u64 *below = below_of(table);

	return below[2];
}
