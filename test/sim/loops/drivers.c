// SPDX-License-Identifier: MIT
/*
 * What the simulated drivers offer to those who attach whole devices: domains
 * that are page tables of their own, and one that blocks. Stands after driver.c.
 */

/* Which attach, counted from 1, is made to fail, and what it gives. */
static int attaches;
static int attach_fails_at;
static int attach_gives;

static int model_block_dev(struct iommu_domain *domain, struct device *dev)
{
	simulated_block(dev, IOMMU_NO_PASID);
	return 0;
}

static const struct iommu_domain_ops blocking_ops = {
	.attach_dev = model_block_dev,
};

static struct iommu_domain blocked = { .ops = &blocking_ops };

static int model_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	attaches++;
	if (attaches == attach_fails_at)
		return attach_gives;
	return model_attach(domain, dev, IOMMU_NO_PASID);
}

static const struct iommu_domain_ops paging_ops = {
	.attach_dev = model_attach_dev,
	.free = model_free,
};

static const struct iommu_domain_ops other_paging_ops = {
	.attach_dev = model_attach_dev,
	.free = model_free,
};

/* Of each instance, the one page that its domains translate: too little to try larger ones with. */
static unsigned long aperture_of_i2;

static struct iommu_domain *make_paging(struct device *dev, const struct model_driver *driver,
					const struct iommu_domain_ops *ops, unsigned long aperture)
{
	struct model_device *master = dev_iommu_priv_get(dev);
	struct model_domain *own = make_domain(driver);

	if (!own)
		return ERR_PTR(-ENOMEM);
	own->domain.ops = ops;
	own->domain.pgsize_bitmap = 4096;
	own->domain.geometry.aperture_start = aperture;
	own->domain.geometry.aperture_end = aperture + 4095;
	own->domain.geometry.force_aperture = true;
	if (master->iommu->policy == INSTANCE_CHECKED)
		own->iommu = master->iommu;
	simulated_made(&own->domain, own->iommu ? &own->iommu->iommu : NULL);
	return &own->domain;
}

static struct model_iommu i1, i2, x1;

static struct iommu_domain *main_alloc_paging(struct device *dev)
{
	struct model_device *master = dev_iommu_priv_get(dev);

	return make_paging(dev, &main_driver, &paging_ops, master->iommu == &i2 ? aperture_of_i2 : 0);
}

static struct iommu_domain *other_alloc_paging(struct device *dev)
{
	return make_paging(dev, &other_driver, &other_paging_ops, 0);
}

static bool is_coherent(struct device *dev, int what)
{
	return what == 0;
}

static const struct iommu_ops main_ops = {
	.capable = is_coherent,
	.domain_alloc_paging = main_alloc_paging,
	.blocked_domain = &blocked,
};

static const struct iommu_ops other_ops = {
	.capable = is_coherent,
	.domain_alloc_paging = other_alloc_paging,
	.blocked_domain = &blocked,
};

/* Interrupts of devices are not what this is about. */
bool msi_device_has_isolated_msi(struct device *dev)
{
	return true;
}

static struct bus_type main_bus;
static struct device d1, d2, d3, d5;
static struct dev_iommu d1_iommu, d2_iommu, d3_iommu, d5_iommu;
static struct model_device d1_private, d2_private, d3_private, d5_private;
static struct group_device d1_member, d2_member, d3_member, d5_member;
static struct iommu_group g1, g2, g3, g5, empty;

/* A group whose owner is not the kernel: it is blocked until the owner attaches it. */
static void start_owned(struct iommu_group *group)
{
	start_group(group);
	group->owner = group;
	group->blocking_domain = &blocked;
	group->domain = &blocked;
}

static void start_behind(struct model_iommu *iommu, const struct model_driver *driver,
			 struct iommu_group *group, struct group_device *member, struct device *dev,
			 struct dev_iommu *state, struct model_device *private)
{
	start_owned(group);
	private->driver = driver;
	private->iommu = iommu;
	start_device(dev, state, &main_bus, &iommu->iommu, private, 0);
	join_group(group, member, dev, 0);
}

static void start_world(enum instance_policy policy)
{
	start_iommu(&i1, &main_ops, policy, 3, false, NULL);
	start_iommu(&i2, &main_ops, policy, 3, false, NULL);
	start_iommu(&x1, &other_ops, policy, 3, false, NULL);
	start_behind(&i1, &main_driver, &g1, &d1_member, &d1, &d1_iommu, &d1_private);
	start_behind(&i1, &main_driver, &g2, &d2_member, &d2, &d2_iommu, &d2_private);
	start_behind(&i2, &main_driver, &g3, &d3_member, &d3, &d3_iommu, &d3_private);
	start_behind(&x1, &other_driver, &g5, &d5_member, &d5, &d5_iommu, &d5_private);
	start_owned(&empty);
}
