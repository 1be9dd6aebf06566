/*
 * run: alone bind_pasid
 */
struct pasid_group {
	struct xarray pasids;
};

struct attach_handle {
	struct iommu_domain *domain;
};

static int bind_pasid(struct pasid_group *group, struct iommu_domain *domain, u32 pasid)
{
	struct attach_handle *handle;
	int ret;

	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle)
		return -ENOMEM;
	handle->domain = domain;
	ret = xa_insert(&group->pasids, pasid, handle, GFP_KERNEL);
	if (ret) {
		kfree(handle);
		return ret;
	}
	return 0;
}
