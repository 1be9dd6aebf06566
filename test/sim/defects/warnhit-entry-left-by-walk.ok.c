/*
 * tasks: use_slots
 */
struct slot {
	int users;
};

static DEFINE_XARRAY(slots);

static void add(unsigned long index)
{
	struct slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL);

	if (slot && xa_err(xa_store(&slots, index, slot, GFP_KERNEL)))
		kfree(slot);
}

static void use_slots(void)
{
	unsigned long index;
	struct slot *slot;

	add(3);
	add(1);
	add(2);
	xa_for_each(&slots, index, slot) {
		xa_erase(&slots, index);
		kfree(slot);
	}
	WARN_ON(!xa_empty(&slots));
}
