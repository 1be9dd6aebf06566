/*
 * run: alone claim_slot
 * tape: -
 */
struct slot_owner {
	struct xarray slots;
	unsigned int claims;
};

static int claim_slot(struct slot_owner *owner, unsigned long index, void *domain)
{
	xa_cmpxchg(&owner->slots, index, NULL, domain, GFP_KERNEL);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RIGN: the result of xa_cmpxchg() is ignored
	owner->claims++;
	return 0;
}
