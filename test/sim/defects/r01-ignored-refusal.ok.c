/*
 * run: alone bump_domain
 */
struct sva_domain {
	refcount_t users;
	u32 flushes;
};

static void bump_domain(struct sva_domain *domain)
{
	if (!refcount_inc_not_zero(&domain->users))
		return;
	domain->flushes++;
	if (refcount_dec_and_test(&domain->users))
		kfree(domain);
}
