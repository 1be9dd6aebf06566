/*
 * tasks: use_slots
 * tape: -
 */
struct slot {
	int users;
};

static DEFINE_XARRAY(slots);

static void add(unsigned long index)
{
	struct slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL);
//			    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed on this path

	if (slot && xa_err(xa_store(&slots, index, slot, GFP_KERNEL)))
		kfree(slot);
}

static void use_slots(void)
{
	XA_STATE(xas, &slots, 0);
	struct slot *slot;

	add(7);
	add(2);
	add(4);
	xa_lock(&slots);
	xas_for_each(&xas, slot, 4) {
		xas_store(&xas, NULL);
		kfree(slot);
	}
	/* What stands above is left. */
	xas_set(&xas, 7);
	slot = xas_load(&xas);
	xas_store(&xas, NULL);
	xa_unlock(&slots);
}
