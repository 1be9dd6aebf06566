// SPDX-License-Identifier: MIT
/*
 * Drivers that make domains as user space wants them: as a parent of others,
 * nested in one, with dirty pages tracked. Stands after drivers.c.
 */

static int model_set_tracking(struct iommu_domain *domain, bool enabled)
{
	return 0;
}

static int model_read_dirty(struct iommu_domain *domain, unsigned long iova, size_t size,
			    unsigned long flags, struct iommu_dirty_bitmap *dirty)
{
	return 0;
}

static const struct iommu_dirty_ops tracking_ops = {
	.set_dirty_tracking = model_set_tracking,
	.read_and_clear_dirty = model_read_dirty,
};

static int model_invalidate(struct iommu_domain *domain, struct iommu_user_data_array *array)
{
	return 0;
}

static const struct iommu_domain_ops nested_ops = {
	.attach_dev = model_attach_dev,
	.cache_invalidate_user = model_invalidate,
	.free = model_free,
};

static struct iommu_domain *make_for_user(struct device *dev, const struct model_driver *driver,
					  const struct iommu_domain_ops *ops, u32 flags,
					  struct iommu_domain *parent)
{
	struct iommu_domain *domain = make_paging(dev, driver, parent ? &nested_ops : ops, 0);

	if (IS_ERR(domain))
		return domain;
	domain->type = parent ? IOMMU_DOMAIN_NESTED : IOMMU_DOMAIN_UNMANAGED;
	if (flags & IOMMU_HWPT_ALLOC_DIRTY_TRACKING) {
		domain->dirty_ops = &tracking_ops;
		to_model_domain(domain)->features |= TRACKS;
	}
	return domain;
}

static const struct model_driver user_driver = { .name = "user" };

static struct iommu_domain *user_alloc(struct device *dev, u32 flags, struct iommu_domain *parent,
				       const struct iommu_user_data *data)
{
	return make_for_user(dev, &user_driver, &paging_ops, flags, parent);
}

static struct iommu_domain *far_alloc(struct device *dev, u32 flags, struct iommu_domain *parent,
				      const struct iommu_user_data *data)
{
	return make_for_user(dev, &other_driver, &other_paging_ops, flags, parent);
}

static int features_on;

/* Page requests are handed to the core while somebody wants them. */
static int model_enable(struct device *dev, enum iommu_dev_features what)
{
	struct model_device *master = dev_iommu_priv_get(dev);
	int status;

	if (simulated_command())
		return -ENOMEM;
	status = iopf_queue_add_device(master->iommu->queue, dev);
	if (!status)
		features_on++;
	return status;
}

static int model_disable(struct device *dev, enum iommu_dev_features what)
{
	struct model_device *master = dev_iommu_priv_get(dev);

	iopf_queue_remove_device(master->iommu->queue, dev);
	features_on--;
	return 0;
}

static const struct iommu_ops user_ops = {
	.capable = model_capable,
	.domain_alloc_user = user_alloc,
	.blocked_domain = &blocked,
	.dev_enable_feat = model_enable,
	.dev_disable_feat = model_disable,
	.page_response = model_page_response,
};

static const struct iommu_ops far_ops = {
	.capable = model_capable,
	.domain_alloc_user = far_alloc,
	.blocked_domain = &blocked,
};

static struct model_iommu u1, u2, v1;
static struct device d11, d12, d13;
static struct dev_iommu d11_iommu, d12_iommu, d13_iommu;
static struct model_device d11_private, d12_private, d13_private;
static struct group_device d11_member, d12_member, d13_member;
static struct iommu_group g11, g12, g13;

/* Two instances of one such driver, of which the first tracks dirty pages, and one of another. */
static void start_user_world(enum instance_policy policy)
{
	start_free_world(policy);
	start_iommu(&u1, &user_ops, policy, 3 | TRACKS, false, NULL);
	start_iommu(&u2, &user_ops, policy, 3, false, NULL);
	start_iommu(&v1, &far_ops, policy, 3 | TRACKS, false, NULL);
	start_behind(&u1, &user_driver, &g11, &d11_member, &d11, &d11_iommu, &d11_private);
	start_behind(&u2, &user_driver, &g12, &d12_member, &d12, &d12_iommu, &d12_private);
	start_behind(&v1, &other_driver, &g13, &d13_member, &d13, &d13_iommu, &d13_private);
	start_free(&g11);
	start_free(&g12);
	start_free(&g13);
	simulated_prepare(true);
	u1.queue = iopf_queue_alloc("u1");
	simulated_prepare(false);
}

/* A device wants a page; who may answer is found by the core. */
static int ask_for_page(struct device *dev, unsigned int number)
{
	struct iopf_fault request = {
		.fault = {
			.type = IOMMU_FAULT_PAGE_REQ,
			.prm = { .flags = IOMMU_FAULT_PAGE_REQUEST_LAST_PAGE, .grpid = number },
		},
	};

	simulated_ask(dev, number);
	return iommu_report_device_fault(dev, &request);
}
