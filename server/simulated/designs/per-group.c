// SPDX-License-Identifier: MIT
/*
 * The design of Linux 6.2 to 6.7: a bind makes a domain for the group of the
 * device and keeps it in the group's PASID slot, where the next bind and the
 * page requests find it. Groups share no domain.
 */
#include "../kernel.h"

struct iommu_domain_ops {
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	void (*remove_dev_pasid)(struct device *dev, ioasid_t pasid);
	void (*page_response)(struct device *dev, unsigned int grpid);
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	int (*iopf_handler)(struct iommu_fault *fault, void *data);
	void *fault_data;
	struct mm_struct *mm;
	int users;
};

struct iommu_sva {
	struct device *dev;
	struct iommu_domain *domain;
};

struct iopf_group {
	struct work_struct work;
	struct device *dev;
	struct iommu_fault fault;
};

/* ---- PASIDs */

static DEFINE_IDA(iommu_global_pasid_ida);

static ioasid_t iommu_alloc_global_pasid(struct device *dev)
{
	int ret;

	if (!dev->iommu->max_pasids)
		return IOMMU_PASID_INVALID;
	ret = ida_alloc_range(&iommu_global_pasid_ida, IOMMU_FIRST_GLOBAL_PASID,
			      dev->iommu->max_pasids - 1, GFP_KERNEL);
	return ret < 0 ? IOMMU_PASID_INVALID : ret;
}

static void iommu_free_global_pasid(ioasid_t pasid)
{
	ida_free(&iommu_global_pasid_ida, pasid);
}

/* ---- attaching to the PASIDs of a group */

static int set_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)
{
	struct group_device *member;
	int ret;

	list_for_each_entry(member, &group->devices, list) {
		ret = domain->ops->set_dev_pasid(domain, member->dev, pasid);
		if (ret)
			return ret;
	}
	return 0;
}

static void remove_group_pasid(struct iommu_group *group, ioasid_t pasid)
{
	struct group_device *member;

	list_for_each_entry(member, &group->devices, list)
		dev_iommu_ops(member->dev)->remove_dev_pasid(member->dev, pasid);
}

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group;
	void *taken;
	int ret;

	if (!domain->ops->set_dev_pasid)
		return -EOPNOTSUPP;
	group = iommu_group_get(dev);
	if (!group)
		return -ENODEV;

	mutex_lock(&group->mutex);
	taken = xa_cmpxchg(&group->pasid_array, pasid, NULL, domain, GFP_KERNEL);
	if (taken) {
		ret = xa_is_err(taken) ? xa_err(taken) : -EBUSY;
		goto out_unlock;
	}
	ret = set_group_pasid(group, domain, pasid);
	if (ret) {
		remove_group_pasid(group, pasid);
		xa_erase(&group->pasid_array, pasid);
	}
out_unlock:
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return ret;
}

void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = iommu_group_get(dev);

	mutex_lock(&group->mutex);
	remove_group_pasid(group, pasid);
	WARN_ON(xa_erase(&group->pasid_array, pasid) != domain);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
}

/* Without a reference: the domain stays as long as the device is attached to it. */
static struct iommu_domain *iommu_get_domain_for_dev_pasid(struct device *dev, ioasid_t pasid,
							   unsigned int type)
{
	struct iommu_group *group = iommu_group_get(dev);
	struct iommu_domain *domain;

	if (!group)
		return NULL;

	xa_lock(&group->pasid_array);
	domain = xa_load(&group->pasid_array, pasid);
	if (type && domain && domain->type != type)
		domain = ERR_PTR(-EBUSY);
	xa_unlock(&group->pasid_array);
	iommu_group_put(group);
	return domain;
}

/* ---- page requests */

static void iopf_complete_group(struct iopf_group *group, int status)
{
	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);
}

static void iopf_handler(struct work_struct *work)
{
	struct iopf_group *group = container_of(work, struct iopf_group, work);
	int status = IOMMU_PAGE_RESP_INVALID;
	struct iommu_domain *domain;

	domain = iommu_get_domain_for_dev_pasid(group->dev, group->fault.pasid, 0);
	if (domain && domain->iopf_handler)
		status = domain->iopf_handler(&group->fault, domain->fault_data);
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
	INIT_WORK(&group->work, iopf_handler);
	schedule_work(&group->work);
	return 0;
}

/* ---- shared virtual addressing */

static DEFINE_MUTEX(iommu_sva_lock);

static int iommu_sva_handle_iopf(struct iommu_fault *fault, void *data)
{
	struct mm_struct *mm = data;

	if (!mmget_not_zero(mm))
		return IOMMU_PAGE_RESP_INVALID;
	mmap_read_lock(mm);
	mmap_read_unlock(mm);
	mmput(mm);
	return IOMMU_PAGE_RESP_SUCCESS;
}

/* One for each mm, kept until the mm lets go of it. */
static int iommu_sva_alloc_pasid(struct mm_struct *mm, struct device *dev)
{
	ioasid_t pasid;
	int ret = 0;

	mutex_lock(&iommu_sva_lock);
	if (mm->pasid != IOMMU_PASID_INVALID) {
		if (mm->pasid >= dev->iommu->max_pasids)
			ret = -EOVERFLOW;
		goto out_unlock;
	}
	pasid = iommu_alloc_global_pasid(dev);
	if (pasid == IOMMU_PASID_INVALID)
		ret = -ENOSPC;
	else
		mm->pasid = pasid;
out_unlock:
	mutex_unlock(&iommu_sva_lock);
	return ret;
}

static struct iommu_domain *iommu_sva_domain_alloc(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;

	domain = dev_iommu_ops(dev)->domain_alloc(IOMMU_DOMAIN_SVA);
	if (!domain)
		return NULL;
	domain->type = IOMMU_DOMAIN_SVA;
	mmgrab(mm);
	domain->mm = mm;
	domain->iopf_handler = iommu_sva_handle_iopf;
	domain->fault_data = mm;
	return domain;
}

static void iommu_domain_free(struct iommu_domain *domain)
{
	if (domain->type == IOMMU_DOMAIN_SVA)
		mmdrop(domain->mm);
	domain->ops->free(domain);
}

struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;
	struct iommu_sva *handle;
	int ret;

	ret = iommu_sva_alloc_pasid(mm, dev);
	if (ret)
		return ERR_PTR(ret);
	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle)
		return ERR_PTR(-ENOMEM);

	mutex_lock(&iommu_sva_lock);
	domain = iommu_get_domain_for_dev_pasid(dev, mm->pasid, IOMMU_DOMAIN_SVA);
	if (IS_ERR(domain)) {
		ret = PTR_ERR(domain);
		goto out_unlock;
	}
	if (domain) {
		domain->users++;
		goto out;
	}

	domain = iommu_sva_domain_alloc(dev, mm);
	if (!domain) {
		ret = -ENOMEM;
		goto out_unlock;
	}
	ret = iommu_attach_device_pasid(domain, dev, mm->pasid);
	if (ret)
		goto out_free_domain;
	domain->users = 1;
out:
	mutex_unlock(&iommu_sva_lock);
	handle->dev = dev;
	handle->domain = domain;
	return handle;

out_free_domain:
	iommu_domain_free(domain);
out_unlock:
	mutex_unlock(&iommu_sva_lock);
	kfree(handle);
	return ERR_PTR(ret);
}

void iommu_sva_unbind_device(struct iommu_sva *handle)
{
	struct iommu_domain *domain = handle->domain;
	struct device *dev = handle->dev;

	mutex_lock(&iommu_sva_lock);
	if (--domain->users == 0) {
		iommu_detach_device_pasid(domain, dev, domain->mm->pasid);
		iommu_domain_free(domain);
	}
	mutex_unlock(&iommu_sva_lock);
	kfree(handle);
}

void mm_pasid_drop(struct mm_struct *mm)
{
	if (mm->pasid == IOMMU_PASID_INVALID)
		return;
	iommu_free_global_pasid(mm->pasid);
	mm->pasid = IOMMU_PASID_INVALID;
}

/* A child is bound to nothing. */
void mm_pasid_init(struct mm_struct *mm)
{
	mm->pasid = IOMMU_PASID_INVALID;
}
