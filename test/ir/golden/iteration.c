struct item { int id; struct list_head node; };
struct table { struct list_head items; struct xarray array; };
#define for_each_item(item, table) list_for_each_entry(item, &(table)->items, node)
#define for_each_odd(i, n) for ((i) = 1; (i) < (n); (i) += 2) if ((i) == 5) {} else
int iterate(struct table *table, int n)
{
	struct item *item, *next;
	unsigned long index;
	int i, sum = 0;

	list_for_each_entry_safe(item, next, &table->items, node)
		sum += item->id;
	for_each_item(item, table) {
		if (item->id == n)
			break;
	}
	xa_for_each(&table->array, index, item)
		sum += index;
	for_each_odd(i, n)
		sum += i;
	for_each_unheard_of(item, table)
		sum++;
	return sum;
}
