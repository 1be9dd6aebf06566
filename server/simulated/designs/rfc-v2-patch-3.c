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

struct iommu_sva_cookie {
	struct mm_struct *mm;
	ioasid_t pasid;
	refcount_t users;
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	struct iommu_sva_cookie *sva_cookie;
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

static DEFINE_XARRAY(sva_domain_array);

static struct iommu_domain *iommu_sva_alloc_domain(struct device *dev, struct mm_struct *mm)
{
	struct bus_type *bus = dev->bus;
	struct iommu_sva_cookie *cookie;
	struct iommu_domain *domain;
	void *previous;

	if (!bus || !bus->iommu_ops)
		return NULL;
	cookie = kzalloc(sizeof(*cookie), GFP_KERNEL);
	if (!cookie)
		return NULL;
	domain = bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);
	if (!domain)
		goto err_free_cookie;

	cookie->mm = mm;
	cookie->pasid = mm->pasid;
	refcount_set(&cookie->users, 1);
	domain->type = IOMMU_DOMAIN_SVA;
	domain->sva_cookie = cookie;
	previous = xa_store(&sva_domain_array, mm->pasid, domain, GFP_KERNEL);
	if (xa_err(previous))
		goto err_free_domain;
	return domain;

err_free_domain:
	domain->ops->free(domain);
err_free_cookie:
	kfree(cookie);
	return NULL;
}

static void iommu_sva_free_domain(struct iommu_domain *domain)
{
	xa_erase(&sva_domain_array, domain->sva_cookie->pasid);
	kfree(domain->sva_cookie);
	domain->ops->free(domain);
}

/* For drivers. */
struct mm_struct *iommu_sva_domain_mm(struct iommu_domain *domain)
{
	return domain->sva_cookie->mm;
}

bool iommu_sva_domain_get_user(struct iommu_domain *domain)
{
	return refcount_inc_not_zero(&domain->sva_cookie->users);
}

void iommu_sva_domain_put_user(struct iommu_domain *domain)
{
	if (refcount_dec_and_test(&domain->sva_cookie->users))
		iommu_sva_free_domain(domain);
}

struct iommu_domain *iommu_sva_get_domain(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;

	if (mm->pasid == INVALID_IOASID)
		return NULL;
	domain = xa_load(&sva_domain_array, mm->pasid);
	if (!domain)
		return iommu_sva_alloc_domain(dev, mm);
	iommu_sva_domain_get_user(domain);
	return domain;
}
