// SPDX-License-Identifier: MIT
/*
 * What the IOMMU core did before Linux 6.8 where a patch calls it and does not
 * show it. Code under review that has such a function is run instead.
 */
#include "kernel.h"

static DEFINE_MUTEX(core_pasid_lock);

int iommu_sva_alloc_pasid(struct mm_struct *mm, ioasid_t min, ioasid_t max)
{
	int ret = 0;
	ioasid_t pasid;

	if (min == INVALID_IOASID || max == INVALID_IOASID || min == 0 || max < min)
		return -EINVAL;

	mutex_lock(&core_pasid_lock);
	if (mm->pasid != INVALID_IOASID) {
		if (mm->pasid < min || mm->pasid >= max)
			ret = -EOVERFLOW;
	} else {
		pasid = ioasid_alloc(NULL, min, max, mm);
		if (pasid == INVALID_IOASID)
			ret = -ENOMEM;
		else
			mm->pasid = pasid;
	}
	mutex_unlock(&core_pasid_lock);
	return ret;
}

void mm_pasid_drop(struct mm_struct *mm)
{
	if (mm->pasid == INVALID_IOASID)
		return;
	ioasid_free(mm->pasid);
	mm->pasid = INVALID_IOASID;
}

int iommu_group_device_count(struct iommu_group *group)
{
	struct group_device *member;
	int count = 0;

	list_for_each_entry(member, &group->devices, list)
		count++;
	return count;
}
