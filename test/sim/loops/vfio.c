// SPDX-License-Identifier: MIT
/*
 * What user space does to a container of VFIO type 1: it gives it groups and
 * takes them back. Stands after drivers.c, and runs on the code of a tree.
 */

#define TYPE1_V2	3
#define WITH_IOMMU	0
#define EMULATED	1

static void *container;
static int refusal;

static bool open_container(void)
{
	simulated_prepare(true);
	container = vfio_iommu_type1_open(TYPE1_V2);
	simulated_prepare(false);
	return !IS_ERR(container);
}

static void close_container(void)
{
	vfio_iommu_type1_release(container);
	container = NULL;
}

static bool give(struct iommu_group *group, struct device *dev, int wants)
{
	int status;

	simulated_begin("attach of a group", dev, NULL);
	status = vfio_iommu_type1_attach_group(container, group, WITH_IOMMU);
	simulated_end(status ? ERR_PTR(status) : (void *)1, wants);
	return status == 0;
}

static void take_back(struct iommu_group *group)
{
	vfio_iommu_type1_detach_group(container, group);
}

/* One group, then another: whatever became of them goes. */
static void give_both(struct iommu_group *one, struct device *first, struct iommu_group *two,
		      struct device *second, int wants)
{
	if (!open_container())
		return;
	if (give(one, first, 1)) {
		if (give(two, second, wants))
			take_back(two);
		take_back(one);
	}
	close_container();
}

static void two_instances(void)
{
	start_world(INSTANCE_CHECKED);
	give_both(&g1, &d1, &g3, &d3, 1);
}

static void one_instance(void)
{
	start_world(INSTANCE_CHECKED);
	give_both(&g1, &d1, &g2, &d2, 1);
}

static void shared_instances(void)
{
	start_world(INSTANCE_SHARED);
	give_both(&g1, &d1, &g3, &d3, 1);
}

static void two_drivers(void)
{
	start_world(INSTANCE_CHECKED);
	give_both(&g1, &d1, &g5, &d5, 1);
}

/* The second run is as the first. */
static void once_more(void)
{
	start_world(INSTANCE_CHECKED);
	give_both(&g1, &d1, &g3, &d3, 1);
	give_both(&g3, &d3, &g1, &d1, 1);
}

/* The fourth attach is that of the group's own domain, after the one that is there did not fit. */
static void own_domain_lost(void)
{
	start_world(INSTANCE_CHECKED);
	attach_fails_at = 4;
	attach_gives = -ENOMEM;
	give_both(&g1, &d1, &g3, &d3, -ENOMEM);
}

static void first_attach_fails(void)
{
	start_world(INSTANCE_CHECKED);
	attach_fails_at = 2;
	attach_gives = -ENODEV;
	give_both(&g1, &d1, &g3, &d3, -ENODEV);
}

/* What the second instance can translate is none of what the first can. */
static void apertures_apart(void)
{
	start_world(INSTANCE_CHECKED);
	aperture_of_i2 = 1 << 20;
	give_both(&g1, &d1, &g3, &d3, -EINVAL);
}

static void same_group_twice(void)
{
	start_world(INSTANCE_CHECKED);
	if (!open_container())
		return;
	give(&g1, &d1, 1);
	simulated_begin("attach of a group again", NULL, NULL);
	refusal = vfio_iommu_type1_attach_group(container, &g1, WITH_IOMMU);
	simulated_end(refusal ? ERR_PTR(refusal) : (void *)1, -EINVAL);
	take_back(&g1);
	close_container();
}

/* The last group with an IOMMU goes, and one that is emulated stays. */
static void emulated_stays(void)
{
	start_world(INSTANCE_CHECKED);
	if (!open_container())
		return;
	refusal = vfio_iommu_type1_attach_group(container, &g3, EMULATED);
	if (!refusal && give(&g1, &d1, 1))
		take_back(&g1);
	if (!refusal)
		take_back(&g3);
	close_container();
}

/* Where user space has its memory is about to change: whoever comes now must wait. */
static void addresses_invalid(void)
{
	struct vfio_iommu *type1;

	start_world(INSTANCE_CHECKED);
	if (!open_container())
		return;
	type1 = container;
	if (give(&g1, &d1, 1)) {
		type1->vaddr_invalid_count = 1;
		if (give(&g3, &d3, -EBUSY))
			take_back(&g3);
		type1->vaddr_invalid_count = 0;
		take_back(&g1);
	}
	close_container();
}

static int map_range(unsigned long iova, unsigned long vaddr, unsigned long size)
{
	struct vfio_iommu_type1_dma_map request = {
		.argsz = sizeof(request), .flags = VFIO_DMA_MAP_FLAG_READ, .vaddr = vaddr, .iova = iova, .size = size,
	};

	return vfio_dma_do_map(container, &request);
}

static int map_page(unsigned long iova)
{
	return map_range(iova, 4096, 4096);
}

/* Three pages are mapped while there is no group, and a device wants one of them for itself. */
static void mapping_in_the_way(void)
{
	start_world(INSTANCE_CHECKED);
	start_memory(&model_mm);
	keeps_memory = &d3;
	if (!open_container())
		return;
	if (!map_page(4096) && !map_page(0) && !map_page(8192)) {
		WARN_ON(map_page(0) != -EEXIST);
		give(&g3, &d3, -EINVAL);
	}
	close_container();
	check_memory(&model_mm);
}

/* A group has devices while somebody owns it: this one has none. */
static void no_device(void)
{
	start_world(INSTANCE_CHECKED);
	if (!open_container())
		return;
	refusal = vfio_iommu_type1_attach_group(container, &empty, WITH_IOMMU);
	close_container();
}

static void open_only(void)
{
	start_world(INSTANCE_CHECKED);
	open_container();
}

static void give_first(void)
{
	give(&g1, &d1, 1);
}

static void give_second(void)
{
	give(&g3, &d3, 1);
}

static void take_both_back(void)
{
	take_back(&g1);
	take_back(&g3);
	close_container();
}
