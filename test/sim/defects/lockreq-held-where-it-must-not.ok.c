/*
 * run: alone viommu_destroy
 */
struct viommu_object {
	struct rw_semaphore lock;
	unsigned int vdevs;
};

static void wait_for_users(struct viommu_object *viommu)
{
	lockdep_assert_not_held(&viommu->lock);
	msleep(1);
}

static void viommu_destroy(struct viommu_object *viommu)
{
	down_write(&viommu->lock);
	viommu->vdevs = 0;
	up_write(&viommu->lock);
	wait_for_users(viommu);
}
