/*
 * run: alone count_below
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

/* It asks for the type for which the helper gives what is below. */
static u64 count_below(struct table *table)
{
	u64 count = 0;

	if (table->type == 2)
		count = below_of(table)[0];
	return count;
}
