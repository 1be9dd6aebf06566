/*
 * run: alone bump_domain
 * tape: -, 1
 */
struct sva_domain {
	refcount_t users;
	u32 flushes;
};

static void bump_domain(struct sva_domain *domain)
{
	refcount_inc_not_zero(&domain->users);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RIGN: is ignored
	domain->flushes++;
//	^^^^^^^^^^^^^^^^^ R01: although no reference could be got
	if (refcount_dec_and_test(&domain->users))
		kfree(domain);
}
