/*
 * run: alone user_invalidate
 * tape: -
 */
struct viommu {
	struct mutex lock;
	u64 sequence;
};

static int user_invalidate(struct viommu *viommu)
{
	u64 sequence;

	mutex_lock_interruptible(&viommu->lock);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RIGN: the result of mutex_lock_interruptible() is ignored
	sequence = ++viommu->sequence;
	mutex_unlock(&viommu->lock);
	return sequence > 1;
}
