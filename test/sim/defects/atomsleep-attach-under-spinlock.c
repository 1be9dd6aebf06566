/*
 * run: alone toy_start
 * tape: -
 */
struct toy {
	spinlock_t lock;
	struct iommu_domain *domain;
};

static int toy_start(struct toy *toy, struct device *dev, ioasid_t pasid)
{
	int ret;

	spin_lock(&toy->lock);
	ret = iommu_attach_device_pasid(toy->domain, dev, pasid, NULL);
//	      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ATOMSLEEP: iommu_attach_device_pasid() may sleep
	spin_unlock(&toy->lock);
	return ret;
}
