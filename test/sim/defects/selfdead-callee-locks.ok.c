/*
 * run: alone group_replace_domain
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
	unsigned int count = group_device_count(group);

	mutex_lock(&group->mutex);
	if (count > 1 && domain->type)
		ret = -EBUSY;
	else
		group->domain = domain;
	mutex_unlock(&group->mutex);
	return ret;
}
