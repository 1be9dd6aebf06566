// SPDX-License-Identifier: MIT
/*
 * What the simulated drivers offer to those who attach whole devices: domains
 * that are page tables of their own, and one that blocks. Stands after page-tables.c.
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
	struct model_device *master = dev_iommu_priv_get(dev);
	struct model_domain *own = to_model_domain(domain);

	attaches++;
	if (attaches == attach_fails_at)
		return attach_gives;
	/* What a domain was told to do, its instance must be able to. */
	if (own->features & (SNOOPS | TRACKS) & ~master->iommu->features) {
		simulated_asked(dev, domain);
		simulated_refuse(dev, domain);
		return -EINVAL;
	}
	return model_attach(domain, dev, IOMMU_NO_PASID);
}

/* What instances can do, besides what worlds of scenarios tell apart. */
#define SNOOPS	8
#define TRACKS	16
/* A domain was made for an instance that can. */
#define MAY_SNOOP 32

static bool model_enforce(struct iommu_domain *domain)
{
	struct model_domain *own = to_model_domain(domain);

	if (!(own->features & MAY_SNOOP))
		return false;
	own->features |= SNOOPS;
	return true;
}

static const struct iommu_domain_ops paging_ops = {
	.attach_dev = model_attach_dev,
	.map_pages = model_map,
	.unmap_pages = model_unmap,
	.iotlb_sync = model_sync,
	.iova_to_phys = model_translate,
	.enforce_cache_coherency = model_enforce,
	.free = model_free,
};

static const struct iommu_domain_ops other_paging_ops = {
	.attach_dev = model_attach_dev,
	.map_pages = model_map,
	.unmap_pages = model_unmap,
	.iotlb_sync = model_sync,
	.iova_to_phys = model_translate,
	.free = model_free,
};

/*
 * Where the domains of the second instance begin to translate, and how many
 * pages those of all do: one or two are too few to try larger ones with.
 */
static unsigned long aperture_of_i2;
static unsigned long aperture_pages = 1;
/* Sizes of pages that page tables have. */
static unsigned long page_sizes = 4096;

static struct iommu_domain *make_paging(struct device *dev, const struct model_driver *driver,
					const struct iommu_domain_ops *ops, unsigned long aperture)
{
	struct model_device *master = dev_iommu_priv_get(dev);
	struct model_domain *own = make_domain(driver);

	if (!own)
		return ERR_PTR(-ENOMEM);
	own->domain.ops = ops;
	own->domain.pgsize_bitmap = page_sizes;
	own->domain.geometry.aperture_start = aperture;
	own->domain.geometry.aperture_end = aperture + 4096 * aperture_pages - 1;
	own->domain.geometry.force_aperture = true;
	if (master->iommu->features & SNOOPS)
		own->features |= MAY_SNOOP;
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

static bool model_capable(struct device *dev, enum iommu_cap what)
{
	struct model_device *master = dev_iommu_priv_get(dev);

	if (what == IOMMU_CAP_ENFORCE_CACHE_COHERENCY)
		return master->iommu->features & SNOOPS;
	if (what == IOMMU_CAP_DIRTY_TRACKING)
		return master->iommu->features & TRACKS;
	return what == IOMMU_CAP_CACHE_COHERENCY;
}

/* Memory that a device keeps for itself, and the window for its interrupts, where it has them. */
static struct device *keeps_memory;
static struct device *keeps_msi;
static unsigned long kept_at;

/* One that is not told for want of memory would be the driver's own fault. */
static struct iommu_resv_region *make_region(unsigned long start, enum iommu_resv_type type)
{
	struct iommu_resv_region *region;

	simulated_prepare(true);
	region = iommu_alloc_resv_region(start, 4096, 0, type, GFP_KERNEL);
	simulated_prepare(false);
	return region;
}

static void model_regions(struct device *dev, struct list_head *list)
{
	if (dev == keeps_memory)
		list_add_tail(&make_region(kept_at, IOMMU_RESV_RESERVED)->list, list);
	if (dev == keeps_msi)
		list_add_tail(&make_region(1 << 28, IOMMU_RESV_SW_MSI)->list, list);
}

static const struct iommu_ops main_ops = {
	.capable = model_capable,
	.get_resv_regions = model_regions,
	.domain_alloc_paging = main_alloc_paging,
	.blocked_domain = &blocked,
};

static const struct iommu_ops other_ops = {
	.capable = model_capable,
	.get_resv_regions = model_regions,
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

static int groups;

/* A group whose owner is not the kernel: it is blocked until the owner attaches it. */
static void start_owned(struct iommu_group *group)
{
	start_group(group);
	group->id = groups++;
	group->owner = group;
	group->blocking_domain = &blocked;
	group->domain = &blocked;
}

/* A group that belongs to the kernel, until somebody claims it. */
static void start_free(struct iommu_group *group)
{
	group->owner = NULL;
	group->owner_cnt = 0;
	group->default_domain = &blocked;
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

static struct device d8, d9;
static struct dev_iommu d8_iommu, d9_iommu;
static struct model_device d8_private, d9_private;
static struct group_device d8_member, d9_member;
static struct iommu_group g8;

/* The same, nobody has claimed a device yet, and two more of them behind the first instance are in one group. */
static void start_free_world(enum instance_policy policy)
{
	start_world(policy);
	start_behind(&i1, &main_driver, &g8, &d8_member, &d8, &d8_iommu, &d8_private);
	d9_private.driver = &main_driver;
	d9_private.iommu = &i1;
	start_device(&d9, &d9_iommu, &main_bus, &i1.iommu, &d9_private, 0);
	join_group(&g8, &d9_member, &d9, 0);
	start_free(&g8);
	start_free(&g1);
	start_free(&g2);
	start_free(&g3);
	start_free(&g5);
}
