/*
 * run: alone map_second
 * confidence: possible
 * tape: 1.1
 */
struct table {
	u32 type;
	u64 *below;
};

/* It gives NULL where there is no memory as well. */
static u64 *below_of(struct table *table)
{
	if (!table->below)
		table->below = kcalloc(512, sizeof(u64), GFP_KERNEL);
	if (!table->below)
		return NULL;
	return table->below;
}

static u64 map_second(struct table *table)
{
	u64 *below = below_of(table);

	return below[2];
//	       ^^^^^^^^ DEREF: while it is NULL
}
