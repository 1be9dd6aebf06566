// SPDX-License-Identifier: MIT
/*
 * The part of the kernel around the IOMMU core that a scenario needs as code:
 * address spaces with their notifiers, groups, and what sets a world up.
 */
#include "kernel.h"

/* Before Linux 5.18-rc6 the PASID went with the last user of the address space. */
static bool pasid_goes_with_users;

void mmdrop(struct mm_struct *mm)
{
	if (!atomic_dec_and_test(&mm->mm_count))
		return;
	if (!pasid_goes_with_users)
		mm_pasid_drop(mm);
	simulated_gone(mm);
}

void mmput(struct mm_struct *mm)
{
	struct mmu_notifier *notifier;

	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	list_for_each_entry(notifier, &mm->notifiers, node)
		notifier->ops->release(notifier, mm);
	if (pasid_goes_with_users)
		mm_pasid_drop(mm);
	mmdrop(mm);
}

int mmu_notifier_register(struct mmu_notifier *notifier, struct mm_struct *mm)
{
	/* The kernel has a BUG_ON() here: drivers look before they ask, as SMMUv3 does. */
	if (atomic_read(&mm->mm_users) == 0)
		return -EINVAL;
	if (simulated_command())
		return -ENOMEM;
	mmgrab(mm);
	notifier->mm = mm;
	list_add(&notifier->node, &mm->notifiers);
	return 0;
}

void mmu_notifier_unregister(struct mmu_notifier *notifier, struct mm_struct *mm)
{
	list_del(&notifier->node);
	mmdrop(mm);
}

/* No tags in the addresses that devices are given. */
bool arch_pgtable_dma_compat(struct mm_struct *mm)
{
	return true;
}

const struct iommu_ops *dev_iommu_ops(struct device *dev)
{
	return dev->iommu->iommu_dev->ops;
}

struct iommu_group *iommu_group_get(struct device *dev)
{
	struct iommu_group *group = dev->iommu_group;

	if (group)
		kref_get(&group->ref);
	return group;
}

static void group_goes(struct kref *ref)
{
	WARN_ON(true);
}

void iommu_group_put(struct iommu_group *group)
{
	if (group)
		kref_put(&group->ref, group_goes);
}

/* What a scenario sets up before its first call. */

static void start_mm(struct mm_struct *mm)
{
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	init_rwsem(&mm->mmap_lock);
	INIT_LIST_HEAD(&mm->notifiers);
	mm->pasid = INVALID_IOASID;
	mm->iommu_mm = NULL;
}

/* A child begins as a copy of its parent. What the design keeps in an mm is its own to reset. */
static void fork_mm(struct mm_struct *child, struct mm_struct *parent)
{
	*child = *parent;
	atomic_set(&child->mm_users, 1);
	atomic_set(&child->mm_count, 1);
	init_rwsem(&child->mmap_lock);
	INIT_LIST_HEAD(&child->notifiers);
}

static void start_group(struct iommu_group *group)
{
	kref_init(&group->ref);
	mutex_init(&group->mutex);
	INIT_LIST_HEAD(&group->devices);
	xa_init(&group->pasid_array);
}

static void start_device(struct device *dev, struct dev_iommu *state, struct bus_type *bus,
			 struct iommu_device *iommu, void *priv, ioasid_t max_pasids)
{
	mutex_init(&state->lock);
	state->iommu_dev = iommu;
	state->priv = priv;
	state->max_pasids = max_pasids;
	state->pasid_bits = max_pasids > 4 ? 20 : max_pasids > 0 ? 2 : 0;
	dev->iommu = state;
	dev->bus = bus;
}

static void join_group(struct iommu_group *group, struct group_device *member, struct device *dev,
		       ioasid_t max_pasids)
{
	member->dev = dev;
	list_add_tail(&member->list, &group->devices);
	dev->iommu_group = group;
	group->owner_cnt++;
	simulated_member(group, dev, dev->iommu->iommu_dev, max_pasids);
}
