/*
 * run: alone add_entry
 */
struct unit_entry {
	int id;
};

struct unit_table {
	spinlock_t lock;
	struct unit_entry *first;
};

static int add_entry(struct unit_table *table, gfp_t gfp)
{
	struct unit_entry *entry;

	spin_lock(&table->lock);
	entry = kzalloc(sizeof(*entry), gfp | __GFP_NOWARN);
	if (entry)
		table->first = entry;
	spin_unlock(&table->lock);
	return entry ? 0 : -ENOMEM;
}

/* From the handler of an interrupt. */
int report_fault(struct unit_table *table)
{
	return add_entry(table, GFP_ATOMIC);
}
