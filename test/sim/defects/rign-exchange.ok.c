/*
 * run: alone claim_slot
 */
struct slot_owner {
	struct xarray slots;
	unsigned int claims;
};

static int claim_slot(struct slot_owner *owner, unsigned long index, void *domain)
{
	void *old;

	old = xa_cmpxchg(&owner->slots, index, NULL, domain, GFP_KERNEL);
	if (xa_is_err(old))
		return xa_err(old);
	if (old)
		return -EBUSY;
	owner->claims++;
	return 0;
}
