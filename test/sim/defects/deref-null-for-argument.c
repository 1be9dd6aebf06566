/*
 * run: alone count_below
 * confidence: possible
 * tape: -
 */
struct table {
	u32 type;
	u64 *below;
};

static u64 *below_of(struct table *table)
{
	if (table->type != 2)
		return NULL;
	return table->below;
}

/* It knows of another type, for which the helper gives NULL, and goes on. */
static u64 count_below(struct table *table)
{
	u64 count = 0;

	if (table->type == 3)
		count = below_of(table)[0];
//			^^^^^^^^^^^^^^^^^^ DEREF: while it is NULL
	return count;
}
