// SPDX-License-Identifier: MIT
/* The operations that the drivers offer as proposed in review: a domain also says which devices it suits. */
#include "kernel.h"

static struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm);
static struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm);

static int model_attach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	return model_attach(domain, dev, pasid);
}

static void model_detach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	model_detach(dev, pasid);
}

static const struct iommu_domain_ops model_domain_ops = {
	.device_compatible = model_device_compatible,
	.attach_dev_pasid = model_attach_dev_pasid,
	.detach_dev_pasid = model_detach_dev_pasid,
	.free = model_free,
};

static const struct iommu_ops main_ops = {
	.domain_alloc_sva = main_domain_alloc_sva,
	.page_response = model_page_response,
};

static const struct iommu_ops other_ops = {
	.domain_alloc_sva = other_domain_alloc_sva,
	.page_response = model_page_response,
};

static struct iommu_domain *make_sva_domain(const struct model_driver *driver, struct device *dev,
					    struct mm_struct *mm)
{
	struct model_device *master = dev_iommu_priv_get(dev);
	struct model_domain *own;
	int ret;

	if (allocation_is_odd)
		return ERR_PTR(allocation_gives);
	own = make_domain(driver);
	if (!own)
		return ERR_PTR(-ENOMEM);
	own->notifier.ops = &model_notifier_ops;
	ret = mmu_notifier_register(&own->notifier, mm);
	if (ret) {
		kfree(own);
		return ERR_PTR(ret);
	}
	own->is_notified = true;
	own->domain.ops = &model_domain_ops;
	if (master->iommu->policy == INSTANCE_BY_FEATURES)
		model_shape(own, master->iommu);
	if (master->iommu->policy == INSTANCE_CHECKED)
		own->iommu = master->iommu;
	simulated_made(&own->domain, own->iommu ? &own->iommu->iommu : NULL);
	return &own->domain;
}

static struct iommu_domain *main_domain_alloc_sva(struct device *dev, struct mm_struct *mm)
{
	return make_sva_domain(&main_driver, dev, mm);
}

static struct iommu_domain *other_domain_alloc_sva(struct device *dev, struct mm_struct *mm)
{
	return make_sva_domain(&other_driver, dev, mm);
}

/* A domain that the driver of the device attaches by itself, to a PASID of its own. */
static struct iommu_domain *own_domain(struct device *dev)
{
	struct model_domain *own = make_domain(&main_driver);

	own->domain.type = IOMMU_DOMAIN_UNMANAGED;
	own->domain.ops = &model_domain_ops;
	own->domain.owner = dev_iommu_ops(dev);
	simulated_made(&own->domain, NULL);
	return &own->domain;
}
