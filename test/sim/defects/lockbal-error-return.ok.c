/*
 * run: alone domain_finalise
 */
struct unit_domain {
	struct mutex init_mutex;
	struct ida *asids;
	int asid;
};

static int domain_finalise(struct unit_domain *domain)
{
	int asid;
	int ret = 0;

	mutex_lock(&domain->init_mutex);
	if (domain->asid)
		goto out_unlock;
	asid = ida_alloc_range(domain->asids, 1, 255, GFP_KERNEL);
	if (asid < 0) {
		ret = asid;
		goto out_unlock;
	}
	domain->asid = asid;

out_unlock:
	mutex_unlock(&domain->init_mutex);
	return ret;
}
