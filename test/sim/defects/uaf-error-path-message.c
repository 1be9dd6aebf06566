/*
 * run: alone viommu_domain_finalise
 * tape: 0.1
 */
struct viommu_dev {
	struct device *dev;
	struct ida domain_ids;
};

struct viommu_domain {
	unsigned int id;
	struct viommu_dev *viommu;
};

static struct viommu_domain *viommu_domain_finalise(struct viommu_dev *viommu)
{
	struct viommu_domain *vdomain;
	int id;

	vdomain = kzalloc(sizeof(*vdomain), GFP_KERNEL);
	if (!vdomain)
		return NULL;

	vdomain->id = 7;
	vdomain->viommu = viommu;
	id = ida_alloc_range(&viommu->domain_ids, 1, 255, GFP_KERNEL);
	if (id < 0) {
		kfree(vdomain);
		dev_err(viommu->dev, "no id left, domain %u given up\n", vdomain->id);
//									 ^^^^^^^^^^^ UAF: reads `vdomain->id` of the viommu_domain `vdomain` after it was freed
		return NULL;
	}
	vdomain->id = id;
	return vdomain;
}
