// SPDX-License-Identifier: MIT
/* The operations that the drivers offer, as of Linux 6.2 to 6.7: the type alone says that a domain is for SVA. */
#include "kernel.h"

static struct iommu_domain *main_domain_alloc(unsigned int type);
static struct iommu_domain *other_domain_alloc(unsigned int type);

static int model_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	return model_attach(domain, dev, pasid);
}

static void model_remove_dev_pasid(struct device *dev, ioasid_t pasid)
{
	model_detach(dev, pasid);
}

static const struct iommu_domain_ops model_domain_ops = {
	.set_dev_pasid = model_set_dev_pasid,
	.free = model_free,
};

static const struct iommu_ops main_ops = {
	.domain_alloc = main_domain_alloc,
	.remove_dev_pasid = model_remove_dev_pasid,
	.page_response = model_page_response,
};

static const struct iommu_ops other_ops = {
	.domain_alloc = other_domain_alloc,
	.remove_dev_pasid = model_remove_dev_pasid,
	.page_response = model_page_response,
};

static struct iommu_domain *main_domain_alloc(unsigned int type)
{
	struct model_domain *own;

	if (allocation_is_odd)
		return ERR_PTR(allocation_gives);
	own = make_domain(&main_driver);
	if (!own)
		return NULL;
	own->domain.ops = &model_domain_ops;
	simulated_made(&own->domain, NULL);
	return &own->domain;
}

static struct iommu_domain *other_domain_alloc(unsigned int type)
{
	struct model_domain *own;

	if (allocation_is_odd)
		return ERR_PTR(allocation_gives);
	own = make_domain(&other_driver);
	if (!own)
		return NULL;
	own->domain.ops = &model_domain_ops;
	simulated_made(&own->domain, NULL);
	return &own->domain;
}

/* A domain that the driver of the device attaches by itself, to a PASID of its own. */
static struct iommu_domain *own_domain(struct device *dev)
{
	struct model_domain *own = make_domain(&main_driver);

	own->domain.type = IOMMU_DOMAIN_UNMANAGED;
	own->domain.ops = &model_domain_ops;
	simulated_made(&own->domain, NULL);
	return &own->domain;
}
