/*
 * run: alone group_replace_domain
 * tape: -
 */
struct dev_group {
	struct mutex mutex;
	struct iommu_domain *domain;
	unsigned int devices;
};

static unsigned int group_device_count(struct dev_group *group)
{
	unsigned int count;

	mutex_lock(&group->mutex);
	count = group->devices;
	mutex_unlock(&group->mutex);
	return count;
}

static int group_replace_domain(struct dev_group *group, struct iommu_domain *domain)
{
	int ret = 0;

	mutex_lock(&group->mutex);
	if (group_device_count(group) > 1 && domain->type)
//	    ^^^^^^^^^^^^^^^^^^^^^^^^^ SELFDEAD: takes `group->mutex` while it holds it
		ret = -EBUSY;
	else
		group->domain = domain;
	mutex_unlock(&group->mutex);
	return ret;
}
