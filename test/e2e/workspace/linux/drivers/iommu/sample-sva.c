// SPDX-License-Identifier: MIT
/* A sample of our own, in the style of a driver, with two mistakes. */
#include <linux/iommu.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct sample_bond {
	struct list_head node;
	struct device *dev;
	refcount_t users;
};

static struct iommu_domain *sample_domain_alloc(struct device *dev)
{
	struct iommu_domain *domain;

	domain = dev->bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);
	if (!domain)
		return NULL;

	return domain;
}

static struct sample_bond *sample_bond_get(struct sample_bond *bond)
{
	refcount_inc_not_zero(&bond->users);
	return bond;
}

struct iommu_domain *sample_bind(struct device *dev, struct sample_bond *bond)
{
	if (!sample_bond_get(bond))
		return NULL;

	return sample_domain_alloc(dev);
}
