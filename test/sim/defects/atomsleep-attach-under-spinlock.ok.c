/*
 * run: alone toy_start
 */
struct toy {
	struct mutex lock;
	struct iommu_domain *domain;
};

static int toy_start(struct toy *toy, struct device *dev, ioasid_t pasid)
{
	int ret;

	mutex_lock(&toy->lock);
	ret = iommu_attach_device_pasid(toy->domain, dev, pasid, NULL);
	mutex_unlock(&toy->lock);
	return ret;
}
