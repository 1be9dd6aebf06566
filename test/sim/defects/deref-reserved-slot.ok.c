/*
 * tasks: use_slots
 */
struct slot {
	int users;
};

static DEFINE_XARRAY_ALLOC1(slots);

static void look_up(u32 id)
{
	XA_STATE(xas, &slots, id);
	struct slot *slot;

	xa_lock(&slots);
	slot = xas_load(&xas);
	if (slot && !xa_is_zero(slot))
		slot->users++;
	xa_unlock(&slots);
}

static void use_slots(void)
{
	struct slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL);
	u32 id;

	if (!slot)
		return;
	if (xa_alloc(&slots, &id, XA_ZERO_ENTRY, XA_LIMIT(1, 100), GFP_KERNEL)) {
		kfree(slot);
		return;
	}
	/* Nobody finds it, but the index is taken, and storing there cannot fail. */
	WARN_ON(xa_load(&slots, id) || xa_empty(&slots));
	look_up(id);
	WARN_ON(xa_store(&slots, id, slot, GFP_KERNEL));
	look_up(id);
	WARN_ON(xa_erase(&slots, id) != slot);
	WARN_ON(!xa_empty(&slots));
	kfree(slot);
}
