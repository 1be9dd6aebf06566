// SPDX-License-Identifier: MIT
/* The operations that the drivers offer, as of the proposals of spring 2022: a domain op attaches to a PASID. */
#include "kernel.h"

static struct iommu_domain *main_domain_alloc(unsigned int type);
static struct iommu_domain *other_domain_alloc(unsigned int type);

static int model_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	return model_attach(domain, dev, IOMMU_NO_PASID);
}

static void model_detach_dev(struct iommu_domain *domain, struct device *dev)
{
	model_detach(dev, IOMMU_NO_PASID);
}

/* The driver watches the mm, and by that pins it, while a device is attached to a domain of one. */
static int model_attach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct model_domain *own = to_model_domain(domain);
	int ret;

	if (domain->type == IOMMU_DOMAIN_UNMANAGED)
		return model_attach(domain, dev, pasid);
	if (own->attached == 0) {
		ret = mmu_notifier_register(&own->notifier, iommu_sva_domain_mm(domain));
		if (ret)
			return ret;
	}
	ret = model_attach(domain, dev, pasid);
	if (!ret)
		own->attached++;
	else if (own->attached == 0)
		mmu_notifier_unregister(&own->notifier, own->notifier.mm);
	return ret;
}

static void model_detach_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct model_domain *own = to_model_domain(domain);

	model_detach(dev, pasid);
	if (domain->type != IOMMU_DOMAIN_UNMANAGED && --own->attached == 0)
		mmu_notifier_unregister(&own->notifier, own->notifier.mm);
}

static const struct iommu_domain_ops model_domain_ops = {
	.attach_dev = model_attach_dev,
	.detach_dev = model_detach_dev,
	.attach_dev_pasid = model_attach_dev_pasid,
	.detach_dev_pasid = model_detach_dev_pasid,
	.free = model_free,
};

static const struct iommu_ops main_ops = {
	.domain_alloc = main_domain_alloc,
	.page_response = model_page_response,
};

static const struct iommu_ops other_ops = {
	.domain_alloc = other_domain_alloc,
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
	own->notifier.ops = &model_notifier_ops;
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
	own->notifier.ops = &model_notifier_ops;
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
