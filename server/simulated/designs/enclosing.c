// SPDX-License-Identifier: MIT
/*
 * The design that the review of the RFC v2 proposed: an object encloses what an
 * mm shares with devices, its PASID and its domains. An operation of the domain
 * says whether it suits a device; a domain is made when none does. What the
 * proposal left open is completed here: the object pins the mm, the last unbind
 * drops it, and a page request pins the mm too, so that its worker needs no lock
 * and nothing that unbind frees.
 */
#include "../kernel.h"

struct iommu_domain_ops {
	/* Whether attach_dev_pasid would take the device. */
	bool (*device_compatible)(struct iommu_domain *domain, struct device *dev);
	int (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);
	void (*page_response)(struct device *dev, unsigned int grpid);
};

/* What an mm shares with devices. There while the mm has a bond: each holds a reference. */
struct iommu_sva_space {
	struct kref ref;
	struct mm_struct *mm;
	ioasid_t pasid;
	struct xarray domains;
	struct list_head bonds;
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	const struct iommu_ops *owner;
	/* Of SVA domains only. */
	struct iommu_sva_space *space;
	unsigned int index;
	unsigned int users;
};

struct iommu_sva {
	struct device *dev;
	struct iommu_domain *domain;
	unsigned int users;
	struct list_head node;
};

struct iopf_group {
	struct work_struct work;
	struct mm_struct *mm;
	struct device *dev;
	struct iommu_fault fault;
};

/* ---- attaching to the PASIDs of a group */

static bool dev_has_iommu(struct device *dev)
{
	return dev->iommu && dev->iommu->iommu_dev;
}

static void detach_group_pasid(struct iommu_group *group, struct group_device *past,
			       struct iommu_domain *domain, ioasid_t pasid)
{
	struct group_device *member;

	list_for_each_entry(member, &group->devices, list) {
		if (member == past)
			break;
		if (member->dev->iommu->max_pasids > 0)
			domain->ops->detach_dev_pasid(domain, member->dev, pasid);
	}
}

static int attach_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)
{
	struct group_device *member;
	int ret;

	list_for_each_entry(member, &group->devices, list) {
		if (member->dev->iommu->max_pasids == 0)
			continue;
		if (pasid < member->dev->iommu->max_pasids)
			ret = domain->ops->attach_dev_pasid(domain, member->dev, pasid);
		else
			ret = -EINVAL;
		if (ret) {
			detach_group_pasid(group, member, domain, pasid);
			return ret;
		}
	}
	return 0;
}

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = dev->iommu_group;
	int ret;

	if (dev_iommu_ops(dev) != domain->owner)
		return -EINVAL;

	mutex_lock(&group->mutex);
	ret = xa_insert(&group->pasid_array, pasid, domain, GFP_KERNEL);
	if (ret)
		goto out_unlock;
	ret = attach_group_pasid(group, domain, pasid);
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
	xa_erase(&group->pasid_array, pasid);
	detach_group_pasid(group, NULL, domain, pasid);
	mutex_unlock(&group->mutex);
}

/* ---- page requests */

static void iopf_complete_group(struct iopf_group *group, int status)
{
	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);
}

static void iommu_sva_handle_iopf(struct work_struct *work)
{
	struct iopf_group *group = container_of(work, struct iopf_group, work);
	int status = IOMMU_PAGE_RESP_INVALID;
	struct mm_struct *mm = group->mm;

	if (mmget_not_zero(mm)) {
		mmap_read_lock(mm);
		status = IOMMU_PAGE_RESP_SUCCESS;
		mmap_read_unlock(mm);
		mmput(mm);
	}
	iopf_complete_group(group, status);
	mmdrop(mm);
	kfree(group);
}

/* A domain in a slot has a space, and that pins the mm: both stay while the slot is locked. */
static struct mm_struct *grab_mm_of_pasid(struct iommu_group *group, ioasid_t pasid)
{
	struct mm_struct *mm = NULL;
	struct iommu_domain *domain;

	xa_lock(&group->pasid_array);
	domain = xa_load(&group->pasid_array, pasid);
	if (domain && domain->type == IOMMU_DOMAIN_SVA) {
		mm = domain->space->mm;
		mmgrab(mm);
	}
	xa_unlock(&group->pasid_array);
	return mm;
}

int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)
{
	struct iopf_group *group;

	/* The device waits until it is answered. */
	group = kzalloc(sizeof(*group), GFP_KERNEL);
	if (!group)
		goto err_answer;
	group->mm = grab_mm_of_pasid(dev->iommu_group, fault->pasid);
	if (!group->mm)
		goto err_free_group;
	group->dev = dev;
	group->fault = *fault;
	INIT_WORK(&group->work, iommu_sva_handle_iopf);
	schedule_work(&group->work);
	return 0;

err_free_group:
	kfree(group);
err_answer:
	dev_iommu_ops(dev)->page_response(dev, fault->grpid);
	return -EINVAL;
}

/* ---- what an mm shares */

static DEFINE_IDA(iommu_sva_pasids);
static DEFINE_MUTEX(iommu_sva_lock);

static struct iommu_sva_space *make_space(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva_space *space;
	int pasid;

	space = kzalloc(sizeof(*space), GFP_KERNEL);
	if (!space)
		return ERR_PTR(-ENOMEM);
	pasid = ida_alloc_range(&iommu_sva_pasids, IOMMU_FIRST_GLOBAL_PASID,
				dev->iommu->max_pasids - 1, GFP_KERNEL);
	if (pasid < 0) {
		kfree(space);
		return ERR_PTR(pasid);
	}
	kref_init(&space->ref);
	xa_init_flags(&space->domains, XA_FLAGS_ALLOC);
	INIT_LIST_HEAD(&space->bonds);
	space->pasid = pasid;
	mmgrab(mm);
	space->mm = mm;
	mm->sva_space = space;
	return space;
}

/* The lock excludes the last put: the space of an mm can always be had. */
static struct iommu_sva_space *get_space(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva_space *space = mm->sva_space;

	lockdep_assert_held(&iommu_sva_lock);

	if (!space)
		return make_space(dev, mm);
	if (space->pasid >= dev->iommu->max_pasids)
		return ERR_PTR(-EOVERFLOW);
	kref_get(&space->ref);
	return space;
}

static void release_space(struct kref *ref)
{
	struct iommu_sva_space *space = container_of(ref, struct iommu_sva_space, ref);
	struct mm_struct *mm = space->mm;

	WARN_ON(!list_empty(&space->bonds));
	mm->sva_space = NULL;
	ida_free(&iommu_sva_pasids, space->pasid);
	xa_destroy(&space->domains);
	kfree(space);
	mmdrop(mm);
}

static void put_space(struct iommu_sva_space *space)
{
	lockdep_assert_held(&iommu_sva_lock);

	kref_put(&space->ref, release_space);
}

/* The PASID goes with the last bond, whatever becomes of the mm. */
void mm_pasid_drop(struct mm_struct *mm)
{
}

/* ---- its domains */

static struct iommu_domain *find_domain(struct iommu_sva_space *space, struct device *dev)
{
	struct iommu_domain *domain;
	unsigned long index;

	xa_for_each(&space->domains, index, domain) {
		if (domain->owner != dev_iommu_ops(dev) || !domain->ops->device_compatible)
			continue;
		if (domain->ops->device_compatible(domain, dev))
			return domain;
	}
	return NULL;
}

static struct iommu_domain *make_domain_for(struct iommu_sva_space *space, struct device *dev)
{
	const struct iommu_ops *ops = dev_iommu_ops(dev);
	struct iommu_domain *domain;
	int ret;

	domain = ops->domain_alloc_sva(dev, space->mm);
	if (IS_ERR(domain))
		return domain;
	domain->type = IOMMU_DOMAIN_SVA;
	domain->owner = ops;
	domain->space = space;
	ret = xa_alloc(&space->domains, &domain->index, domain, XA_LIMIT(0, 1023), GFP_KERNEL);
	if (ret) {
		domain->ops->free(domain);
		return ERR_PTR(ret);
	}
	return domain;
}

static void free_unused_domain(struct iommu_sva_space *space, struct iommu_domain *domain)
{
	if (domain->users > 0)
		return;
	xa_erase(&space->domains, domain->index);
	domain->ops->free(domain);
}

/* ---- its bonds */

/* A PASID belongs to all devices of a group: so does a bond. */
static struct iommu_sva *find_bond(struct iommu_sva_space *space, struct device *dev)
{
	struct iommu_sva *bond;

	list_for_each_entry(bond, &space->bonds, node) {
		if (bond->dev->iommu_group == dev->iommu_group)
			return bond;
	}
	return NULL;
}

static struct iommu_sva *make_bond(struct iommu_sva_space *space, struct device *dev)
{
	struct iommu_domain *domain;
	struct iommu_sva *bond;
	int ret;

	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	domain = find_domain(space, dev);
	if (!domain)
		domain = make_domain_for(space, dev);
	if (IS_ERR(domain)) {
		ret = PTR_ERR(domain);
		goto err_free_bond;
	}
	ret = iommu_attach_device_pasid(domain, dev, space->pasid);
	if (ret)
		goto err_free_domain;
	domain->users++;
	bond->dev = dev;
	bond->domain = domain;
	bond->users = 1;
	list_add(&bond->node, &space->bonds);
	return bond;

err_free_domain:
	free_unused_domain(space, domain);
err_free_bond:
	kfree(bond);
	return ERR_PTR(ret);
}

struct iommu_sva *iommu_sva_bind_device(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva_space *space;
	struct iommu_sva *bond;

	if (!dev->iommu_group || !dev_has_iommu(dev))
		return ERR_PTR(-ENODEV);
	if (dev->iommu->max_pasids == 0)
		return ERR_PTR(-EOPNOTSUPP);

	mutex_lock(&iommu_sva_lock);
	space = get_space(dev, mm);
	if (IS_ERR(space)) {
		mutex_unlock(&iommu_sva_lock);
		return ERR_CAST(space);
	}
	bond = find_bond(space, dev);
	if (bond) {
		bond->users++;
		put_space(space);
	} else {
		bond = make_bond(space, dev);
		if (IS_ERR(bond))
			put_space(space);
	}
	mutex_unlock(&iommu_sva_lock);
	return bond;
}

void iommu_sva_unbind_device(struct iommu_sva *bond)
{
	struct iommu_domain *domain = bond->domain;
	struct iommu_sva_space *space = domain->space;

	mutex_lock(&iommu_sva_lock);
	if (--bond->users == 0) {
		list_del(&bond->node);
		iommu_detach_device_pasid(domain, bond->dev, space->pasid);
		domain->users--;
		free_unused_domain(space, domain);
		kfree(bond);
		put_space(space);
	}
	mutex_unlock(&iommu_sva_lock);
}

/* A child is bound to nothing. */
void mm_pasid_init(struct mm_struct *mm)
{
	mm->sva_space = NULL;
}
