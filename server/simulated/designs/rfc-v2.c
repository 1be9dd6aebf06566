// SPDX-License-Identifier: MIT
/*
 * The design of the RFC v2 of March 2022, all patches applied: one SVA domain
 * for each PASID, in one array for the whole system. Whoever binds an mm gets
 * the domain that is there, whatever device it was made for. Users are counted
 * in an object of the domain, bonds are on a list in it.
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
	struct list_head bonds;
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	struct sva_sharing *sharing;
	int (*fault_handler)(struct iommu_fault *fault, void *data);
	void *fault_data;
};

struct iommu_sva {
	struct device *dev;
	struct iommu_domain *domain;
	ioasid_t pasid;
	struct list_head node;
	refcount_t users;
};

struct iopf_group {
	struct work_struct work;
	struct device *dev;
	struct iommu_fault fault;
};

struct ioasid_set {
	int unused;
};

void sva_domain_put(struct iommu_domain *domain);
bool sva_domain_get(struct iommu_domain *domain);

/* ---- attaching to devices, and to their PASIDs */

/* Whether one driver has the group to itself. From then on nobody else joins. */
static bool iommu_group_singleton_lockdown(struct iommu_group *group)
{
	lockdep_assert_held(&group->mutex);

	if (group->owner_cnt != 1 || group->domain != group->default_domain)
		return false;
	group->singleton_lockdown = true;
	return true;
}

int iommu_attach_device(struct iommu_domain *domain, struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);
	int ret = -EINVAL;

	if (!group)
		return -ENODEV;

	mutex_lock(&group->mutex);
	if (!iommu_group_singleton_lockdown(group))
		goto out_unlock;
	ret = domain->ops->attach_dev(domain, dev);
	if (!ret)
		group->domain = domain;
out_unlock:
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return ret;
}

void iommu_detach_device(struct iommu_domain *domain, struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);

	if (!group)
		return;

	mutex_lock(&group->mutex);
	if (WARN_ON(!iommu_group_singleton_lockdown(group)))
		goto out_unlock;
	domain->ops->detach_dev(domain, dev);
	group->domain = group->default_domain;
out_unlock:
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
}

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group;
	int ret = -EINVAL;
	void *taken;

	if (!domain->ops->attach_dev_pasid)
		return -EINVAL;
	group = iommu_group_get(dev);
	if (!group)
		return -ENODEV;

	mutex_lock(&group->mutex);
	if (!iommu_group_singleton_lockdown(group))
		goto out_unlock;
	taken = xa_cmpxchg(&group->pasid_array, pasid, NULL, domain, GFP_KERNEL);
	if (taken)
		goto out_unlock;
	ret = domain->ops->attach_dev_pasid(domain, dev, pasid);
	if (ret)
		xa_erase(&group->pasid_array, pasid);
out_unlock:
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return ret;
}

void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = iommu_group_get(dev);

	if (WARN_ON(!group))
		return;

	mutex_lock(&group->mutex);
	domain->ops->detach_dev_pasid(domain, dev, pasid);
	xa_erase(&group->pasid_array, pasid);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
}

/* The domain comes with a user, for iommu_put_domain_for_dev_pasid(). */
struct iommu_domain *iommu_get_domain_for_dev_pasid(struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = iommu_group_get(dev);
	struct iommu_domain *domain;

	if (!group)
		return NULL;

	mutex_lock(&group->mutex);
	domain = xa_load(&group->pasid_array, pasid);
	if (domain && domain->type == IOMMU_DOMAIN_SVA)
		sva_domain_get(domain);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return domain;
}

void iommu_put_domain_for_dev_pasid(struct iommu_domain *domain)
{
	if (domain->type == IOMMU_DOMAIN_SVA)
		sva_domain_put(domain);
}

/* ---- page requests */

static void iopf_complete_group(struct iopf_group *group, int status)
{
	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);
}

static void iopf_handle_group(struct work_struct *work)
{
	struct iopf_group *group = container_of(work, struct iopf_group, work);
	int status = IOMMU_PAGE_RESP_INVALID;
	struct iommu_domain *domain;

	domain = iommu_get_domain_for_dev_pasid(group->dev, group->fault.pasid);
	if (domain) {
		if (domain->fault_handler)
			status = domain->fault_handler(&group->fault, domain->fault_data);
		iommu_put_domain_for_dev_pasid(domain);
	}
	iopf_complete_group(group, status);
	kfree(group);
}

int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)
{
	struct iopf_group *group;

	/* The device waits until it is answered. */
	group = kzalloc(sizeof(*group), GFP_KERNEL);
	if (!group) {
		dev_iommu_ops(dev)->page_response(dev, fault->grpid);
		return -ENOMEM;
	}
	group->dev = dev;
	group->fault = *fault;
	INIT_WORK(&group->work, iopf_handle_group);
	schedule_work(&group->work);
	return 0;
}

/* ---- PASIDs */

static DEFINE_MUTEX(iommu_sva_lock);
static struct ioasid_set iommu_sva_pasids;

/* One for each mm, kept until the mm lets go of it. The range includes both ends. */
static int iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)
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

static int iommu_sva_handle_iopf(struct iommu_fault *fault, void *data)
{
	struct iommu_domain *domain = data;
	struct mm_struct *mm = domain->sharing->mm;

	if (!mmget_not_zero(mm))
		return IOMMU_PAGE_RESP_INVALID;
	mmap_read_lock(mm);
	mmap_read_unlock(mm);
	mmput(mm);
	return IOMMU_PAGE_RESP_SUCCESS;
}

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
	INIT_LIST_HEAD(&sharing->bonds);
	domain->type = IOMMU_DOMAIN_SVA;
	domain->sharing = sharing;
	domain->fault_handler = iommu_sva_handle_iopf;
	domain->fault_data = domain;
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
	WARN_ON(!list_empty(&domain->sharing->bonds));
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

static struct iommu_domain *sva_domain_for(struct device *dev, struct mm_struct *mm)
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

/* ---- shared virtual addressing */

struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm, void *drvdata)
{
	struct iommu_domain *domain;
	struct iommu_sva *handle;
	int ret;

	ret = iommu_sva_alloc_pasid(mm, 1, (1U << dev->iommu->pasid_bits) - 1);
	if (ret)
		return ERR_PTR(ret);

	mutex_lock(&iommu_sva_lock);
	domain = sva_domain_for(dev, mm);
	if (!domain) {
		ret = -ENOMEM;
		goto out_unlock;
	}

	list_for_each_entry(handle, &domain->sharing->bonds, node) {
		if (handle->dev == dev && handle->pasid == mm->pasid) {
			refcount_inc(&handle->users);
			mutex_lock(&iommu_sva_lock);
			return handle;
		}
	}

	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle) {
		ret = -ENOMEM;
		goto out_put_domain;
	}
	ret = iommu_attach_device_pasid(domain, dev, mm->pasid);
	if (ret)
		goto out_free_handle;
	handle->dev = dev;
	handle->domain = domain;
	handle->pasid = mm->pasid;
	refcount_set(&handle->users, 1);
	list_add_tail(&handle->node, &domain->sharing->bonds);
	mutex_unlock(&iommu_sva_lock);
	return handle;

out_free_handle:
	kfree(handle);
out_put_domain:
	sva_domain_put(domain);
out_unlock:
	mutex_unlock(&iommu_sva_lock);
	return ERR_PTR(ret);
}

void iommu_sva_unbind_device(struct iommu_sva *handle)
{
	struct iommu_domain *domain = handle->domain;
	struct mm_struct *mm = iommu_sva_domain_mm(domain);
	struct device *dev = handle->dev;

	mutex_lock(&iommu_sva_lock);
	if (refcount_dec_and_test(&handle->users)) {
		list_del(&handle->node);
		iommu_detach_device_pasid(domain, dev, mm->pasid);
		kfree(handle);
	}
	sva_domain_put(domain);
	mutex_unlock(&iommu_sva_lock);
}

/* A child is bound to nothing. */
void mm_pasid_init(struct mm_struct *mm)
{
	mm->pasid = INVALID_IOASID;
}
