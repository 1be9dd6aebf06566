// SPDX-License-Identifier: MIT
/*
 * The design of Linux 6.8 and later: an mm keeps a list of its SVA domains.
 * A device tries each of them and gets one of its own when none fits. A bond
 * is found again in the PASID slot of the device's group.
 */
#include "../kernel.h"

struct iommu_domain_ops {
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,
			     struct iommu_domain *old);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);
	void (*remove_dev_pasid)(struct device *dev, ioasid_t pasid, struct iommu_domain *domain);
	void (*page_response)(struct device *dev, unsigned int grpid);
	const struct iommu_domain_ops *default_domain_ops;
};

struct iopf_group;

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	const struct iommu_ops *owner;
	int (*iopf_handler)(struct iopf_group *group);
	struct mm_struct *mm;
	int users;
	struct list_head next;
};

struct iommu_attach_handle {
	struct iommu_domain *domain;
};

struct iommu_sva {
	struct iommu_attach_handle handle;
	struct device *dev;
	refcount_t users;
};

struct iommu_mm_data {
	ioasid_t pasid;
	struct list_head sva_domains;
};

struct iopf_group {
	struct work_struct work;
	struct iommu_attach_handle *attach_handle;
	struct device *dev;
	struct iommu_fault fault;
};

/* ---- PASIDs */

static DEFINE_IDA(iommu_global_pasid_ida);

static ioasid_t iommu_alloc_global_pasid(struct device *dev)
{
	int ret;

	if (!dev->iommu || !dev->iommu->max_pasids)
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

static bool dev_has_iommu(struct device *dev)
{
	return dev->iommu && dev->iommu->iommu_dev;
}

static void remove_group_pasid(struct iommu_group *group, struct group_device *past, ioasid_t pasid,
			       struct iommu_domain *domain)
{
	struct group_device *member;

	list_for_each_entry(member, &group->devices, list) {
		if (member == past)
			break;
		if (member->dev->iommu->max_pasids > 0)
			dev_iommu_ops(member->dev)->remove_dev_pasid(member->dev, pasid, domain);
	}
}

static int set_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)
{
	struct group_device *member;
	int ret;

	list_for_each_entry(member, &group->devices, list) {
		if (member->dev->iommu->max_pasids == 0)
			continue;
		ret = domain->ops->set_dev_pasid(domain, member->dev, pasid, NULL);
		if (ret) {
			remove_group_pasid(group, member, pasid, domain);
			return ret;
		}
	}
	return 0;
}

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,
			      struct iommu_attach_handle *handle)
{
	struct iommu_group *group = dev->iommu_group;
	struct group_device *member;
	int ret;

	if (!domain->ops->set_dev_pasid)
		return -EOPNOTSUPP;
	if (!group)
		return -ENODEV;
	if (!dev_has_iommu(dev) || dev_iommu_ops(dev) != domain->owner || pasid == IOMMU_NO_PASID)
		return -EINVAL;

	mutex_lock(&group->mutex);
	list_for_each_entry(member, &group->devices, list) {
		if (member->dev->iommu->max_pasids > 0 && pasid >= member->dev->iommu->max_pasids) {
			ret = -EINVAL;
			goto out_unlock;
		}
	}
	handle->domain = domain;
	ret = xa_insert(&group->pasid_array, pasid, handle, GFP_KERNEL);
	if (ret)
		goto out_unlock;
	ret = set_group_pasid(group, domain, pasid);
	if (ret)
		xa_erase(&group->pasid_array, pasid);
out_unlock:
	mutex_unlock(&group->mutex);
	return ret;
}

void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = dev->iommu_group;

	mutex_lock(&group->mutex);
	remove_group_pasid(group, NULL, pasid, domain);
	xa_erase(&group->pasid_array, pasid);
	mutex_unlock(&group->mutex);
}

static struct iommu_attach_handle *iommu_attach_handle_get(struct iommu_group *group, ioasid_t pasid,
							   unsigned int type)
{
	struct iommu_attach_handle *handle;

	xa_lock(&group->pasid_array);
	handle = xa_load(&group->pasid_array, pasid);
	if (!handle)
		handle = ERR_PTR(-ENOENT);
	else if (type && handle->domain->type != type)
		handle = ERR_PTR(-EBUSY);
	xa_unlock(&group->pasid_array);
	return handle;
}

static void iommu_domain_free(struct iommu_domain *domain)
{
	if (domain->type == IOMMU_DOMAIN_SVA)
		mmdrop(domain->mm);
	domain->ops->free(domain);
}

/* ---- page requests */

static void iopf_group_response(struct iopf_group *group, int status)
{
	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);
}

static void iommu_sva_handle_iopf(struct work_struct *work)
{
	struct iopf_group *group = container_of(work, struct iopf_group, work);
	struct mm_struct *mm = group->attach_handle->domain->mm;
	int status = IOMMU_PAGE_RESP_INVALID;

	if (mmget_not_zero(mm)) {
		mmap_read_lock(mm);
		status = IOMMU_PAGE_RESP_SUCCESS;
		mmap_read_unlock(mm);
		mmput(mm);
	}
	iopf_group_response(group, status);
	kfree(group);
}

static int iommu_sva_iopf_handler(struct iopf_group *group)
{
	INIT_WORK(&group->work, iommu_sva_handle_iopf);
	schedule_work(&group->work);
	return 0;
}

int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)
{
	struct iommu_attach_handle *handle;
	struct iopf_group *group;

	/* The device waits until it is answered. */
	handle = iommu_attach_handle_get(dev->iommu_group, fault->pasid, IOMMU_DOMAIN_SVA);
	if (IS_ERR(handle))
		goto err_answer;
	group = kzalloc(sizeof(*group), GFP_KERNEL);
	if (!group)
		goto err_answer;
	group->attach_handle = handle;
	group->dev = dev;
	group->fault = *fault;
	return handle->domain->iopf_handler(group);

err_answer:
	dev_iommu_ops(dev)->page_response(dev, fault->grpid);
	return -EINVAL;
}

/* ---- shared virtual addressing */

static DEFINE_MUTEX(iommu_sva_lock);

static struct iommu_mm_data *iommu_alloc_mm_data(struct mm_struct *mm, struct device *dev)
{
	struct iommu_mm_data *iommu_mm = mm->iommu_mm;

	lockdep_assert_held(&iommu_sva_lock);

	if (iommu_mm) {
		if (iommu_mm->pasid >= dev->iommu->max_pasids)
			return ERR_PTR(-EOVERFLOW);
		return iommu_mm;
	}
	iommu_mm = kzalloc(sizeof(*iommu_mm), GFP_KERNEL);
	if (!iommu_mm)
		return ERR_PTR(-ENOMEM);
	iommu_mm->pasid = iommu_alloc_global_pasid(dev);
	if (iommu_mm->pasid == IOMMU_PASID_INVALID) {
		kfree(iommu_mm);
		return ERR_PTR(-ENOSPC);
	}
	INIT_LIST_HEAD(&iommu_mm->sva_domains);
	smp_store_release(&mm->iommu_mm, iommu_mm);
	return iommu_mm;
}

static struct iommu_domain *iommu_sva_domain_alloc(struct device *dev, struct mm_struct *mm)
{
	const struct iommu_ops *ops = dev_iommu_ops(dev);
	struct iommu_domain *domain;

	domain = ops->domain_alloc_sva(dev, mm);
	if (IS_ERR(domain))
		return domain;
	domain->type = IOMMU_DOMAIN_SVA;
	mmgrab(mm);
	domain->mm = mm;
	domain->owner = ops;
	domain->iopf_handler = iommu_sva_iopf_handler;
	return domain;
}

struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)
{
	struct iommu_group *group = dev->iommu_group;
	struct iommu_attach_handle *attach_handle;
	struct iommu_mm_data *iommu_mm;
	struct iommu_domain *domain;
	struct iommu_sva *handle;
	int ret;

	if (!group || !dev_has_iommu(dev))
		return ERR_PTR(-ENODEV);

	mutex_lock(&iommu_sva_lock);
	iommu_mm = iommu_alloc_mm_data(mm, dev);
	if (IS_ERR(iommu_mm)) {
		ret = PTR_ERR(iommu_mm);
		goto out_unlock;
	}

	attach_handle = iommu_attach_handle_get(group, iommu_mm->pasid, IOMMU_DOMAIN_SVA);
	if (!IS_ERR(attach_handle)) {
		handle = container_of(attach_handle, struct iommu_sva, handle);
		if (attach_handle->domain->mm != mm) {
			ret = -EBUSY;
			goto out_unlock;
		}
		refcount_inc(&handle->users);
		mutex_unlock(&iommu_sva_lock);
		return handle;
	}
	if (PTR_ERR(attach_handle) != -ENOENT) {
		ret = PTR_ERR(attach_handle);
		goto out_unlock;
	}

	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle) {
		ret = -ENOMEM;
		goto out_unlock;
	}

	list_for_each_entry(domain, &mm->iommu_mm->sva_domains, next) {
		ret = iommu_attach_device_pasid(domain, dev, iommu_mm->pasid, &handle->handle);
		if (!ret) {
			domain->users++;
			goto out;
		}
	}

	domain = iommu_sva_domain_alloc(dev, mm);
	if (IS_ERR(domain)) {
		ret = PTR_ERR(domain);
		goto out_free_handle;
	}
	ret = iommu_attach_device_pasid(domain, dev, iommu_mm->pasid, &handle->handle);
	if (ret)
		goto out_free_domain;
	domain->users = 1;
	list_add(&domain->next, &mm->iommu_mm->sva_domains);
out:
	refcount_set(&handle->users, 1);
	handle->dev = dev;
	mutex_unlock(&iommu_sva_lock);
	return handle;

out_free_domain:
	iommu_domain_free(domain);
out_free_handle:
	kfree(handle);
out_unlock:
	mutex_unlock(&iommu_sva_lock);
	return ERR_PTR(ret);
}

void iommu_sva_unbind_device(struct iommu_sva *handle)
{
	struct iommu_domain *domain = handle->handle.domain;
	struct iommu_mm_data *iommu_mm = domain->mm->iommu_mm;
	struct device *dev = handle->dev;

	mutex_lock(&iommu_sva_lock);
	if (!refcount_dec_and_test(&handle->users)) {
		mutex_unlock(&iommu_sva_lock);
		return;
	}
	iommu_detach_device_pasid(domain, dev, iommu_mm->pasid);
	if (--domain->users == 0) {
		list_del(&domain->next);
		iommu_domain_free(domain);
	}
	mutex_unlock(&iommu_sva_lock);
	kfree(handle);
}

void mm_pasid_drop(struct mm_struct *mm)
{
	struct iommu_mm_data *iommu_mm = mm->iommu_mm;

	if (!iommu_mm)
		return;
	iommu_free_global_pasid(iommu_mm->pasid);
	kfree(iommu_mm);
	mm->iommu_mm = NULL;
}

/* A child is bound to nothing. */
void mm_pasid_init(struct mm_struct *mm)
{
	mm->iommu_mm = NULL;
}
