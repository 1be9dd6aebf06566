/*
 * run: alone user_invalidate
 */
struct viommu {
	struct mutex lock;
	u64 sequence;
};

static int user_invalidate(struct viommu *viommu)
{
	u64 sequence;
	int ret;

	ret = mutex_lock_interruptible(&viommu->lock);
	if (ret)
		return ret;
	sequence = ++viommu->sequence;
	mutex_unlock(&viommu->lock);
	return sequence > 1;
}
