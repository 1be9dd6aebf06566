/*
 * run: alone domain_finalise
 * tape: 0.1
 */
struct unit_domain {
	struct mutex init_mutex;
	struct ida *asids;
	int asid;
};

static int domain_finalise(struct unit_domain *domain)
{
	int asid;

	mutex_lock(&domain->init_mutex);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LOCKBAL: returns with it on one path
	if (domain->asid)
		goto out_unlock;
	asid = ida_alloc_range(domain->asids, 1, 255, GFP_KERNEL);
	if (asid < 0)
		return asid;
	domain->asid = asid;

out_unlock:
	mutex_unlock(&domain->init_mutex);
	return 0;
}
