// SPDX-License-Identifier: MIT
/*
 * Something to try things on: change a line and watch the findings. Two lines
 * deserve a comment, and one of them has a quick fix.
 */
#include <linux/iommu.h>
#include <linux/refcount.h>
#include <linux/slab.h>

/* One use of one device by one process. */
struct pad_bond {
	struct list_head node;
	struct device *dev;
	refcount_t users;
};

static struct iommu_domain *pad_alloc_domain(struct device *dev)
{
	return dev->bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_UNMANAGED);
}

struct pad_bond *pad_bond_get(struct pad_bond *bond)
{
	refcount_inc_not_zero(&bond->users);
	return bond;
}

int pad_enable(struct device *dev, ioasid_t pasid)
{
	struct iommu_domain *domain;
	int ret;

	domain = pad_alloc_domain(dev);
	if (!domain)
		return -ENOMEM;

	ret = iommu_attach_device_pasid(domain, dev, pasid);
	if (ret)
		iommu_domain_free(domain);
	return ret;
}
