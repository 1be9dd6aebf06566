// SPDX-License-Identifier: MIT
/*
 * Patch 3 of the RFC v2 of March 2022 alone: the array of SVA domains with its
 * getter and its putter, which nobody calls yet. They take no lock.
 */
#include "../kernel.h"

struct iommu_domain_ops {
	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);
	void (*detach_dev)(struct iommu_domain *domain, struct device *dev);
	int (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	void (*page_response)(struct device *dev, unsigned int grpid);
};

struct sva_sharing {
	struct mm_struct *mm;
	ioasid_t pasid;
	refcount_t users;
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	struct sva_sharing *sharing;
};

struct ioasid_set {
	int unused;
};

/* ---- PASIDs, as they were before the patch */

static DEFINE_MUTEX(iommu_sva_lock);
static struct ioasid_set iommu_sva_pasids;

/* One for each mm, kept until the mm lets go of it. The range includes both ends. */
int iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)
{
	ioasid_t pasid;
	int ret = 0;

	if (min == 0 || max < min)
		return -EINVAL;

	mutex_lock(&iommu_sva_lock);
	if (mm->pasid != INVALID_IOASID) {
		if (mm->pasid < min || mm->pasid >= max)
			ret = -EOVERFLOW;
		goto out_unlock;
	}
	pasid = ioasid_alloc(&iommu_sva_pasids, min, max, mm);
	if (pasid == INVALID_IOASID)
		ret = -ENOMEM;
	else
		mm->pasid = pasid;
out_unlock:
	mutex_unlock(&iommu_sva_lock);
	return ret;
}

void mm_pasid_drop(struct mm_struct *mm)
{
	if (mm->pasid == INVALID_IOASID)
		return;
	ioasid_free(mm->pasid);
	mm->pasid = INVALID_IOASID;
}

/* ---- domains, found by their PASID */

static DEFINE_XARRAY(sva_domains);

static struct iommu_domain *sva_domain_alloc(struct device *dev, struct mm_struct *mm)
{
	struct bus_type *bus = dev->bus;
	struct sva_sharing *sharing;
	struct iommu_domain *domain;
	void *previous;

	if (!bus || !bus->iommu_ops)
		return NULL;
	sharing = kzalloc(sizeof(*sharing), GFP_KERNEL);
	if (!sharing)
		return NULL;
	domain = bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);
	if (!domain)
		goto err_free_sharing;

	sharing->mm = mm;
	sharing->pasid = mm->pasid;
	refcount_set(&sharing->users, 1);
	domain->type = IOMMU_DOMAIN_SVA;
	domain->sharing = sharing;
	previous = xa_store(&sva_domains, mm->pasid, domain, GFP_KERNEL);
	if (xa_err(previous))
		goto err_free_domain;
	return domain;

err_free_domain:
	domain->ops->free(domain);
err_free_sharing:
	kfree(sharing);
	return NULL;
}

static void sva_domain_free(struct iommu_domain *domain)
{
	xa_erase(&sva_domains, domain->sharing->pasid);
	kfree(domain->sharing);
	domain->ops->free(domain);
}

/* For drivers. */
struct mm_struct *iommu_sva_domain_mm(struct iommu_domain *domain)
{
	return domain->sharing->mm;
}

bool sva_domain_get(struct iommu_domain *domain)
{
	return refcount_inc_not_zero(&domain->sharing->users);
}

void sva_domain_put(struct iommu_domain *domain)
{
	if (refcount_dec_and_test(&domain->sharing->users))
		sva_domain_free(domain);
}

struct iommu_domain *sva_domain_for(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;

	if (mm->pasid == INVALID_IOASID)
		return NULL;
	domain = xa_load(&sva_domains, mm->pasid);
	if (!domain)
		return sva_domain_alloc(dev, mm);
	sva_domain_get(domain);
	return domain;
}
