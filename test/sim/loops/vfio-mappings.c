// SPDX-License-Identifier: MIT
/*
 * What user space maps in a container of VFIO type 1, and what becomes of it
 * when groups come and go. Stands after process-memory.c and vfio.c.
 */

/* What must have come about for silence to mean something. */
static bool story_comes_to_its_point;

/* Domains translate so many pages from the first on. */
static void start_mapping(unsigned long pages)
{
	start_world(INSTANCE_CHECKED);
	aperture_pages = pages;
	start_memory(&model_mm);
}

static void end_mapping(void)
{
	close_container();
	check_memory(&model_mm);
}

static bool map(unsigned long iova, unsigned long vaddr, unsigned long size, int wants)
{
	int status;

	simulated_begin("map", NULL, NULL);
	status = map_range(iova, vaddr, size);
	simulated_end(status ? ERR_PTR(status) : (void *)1, wants);
	return status == 0;
}

static void unmap(unsigned long iova, unsigned long size)
{
	struct vfio_iommu_type1_dma_unmap request = {
		.argsz = sizeof(request), .iova = iova, .size = size,
	};

	WARN_ON(vfio_dma_do_unmap(container, &request, NULL));
	WARN_ON(request.size != size);
}

/* Where a device comes to by an address, 0 for nowhere. */
static unsigned long reached(struct device *dev, unsigned long iova)
{
	return iommu_iova_to_phys(simulated_domain(dev, IOMMU_NO_PASID), iova);
}

/* The two pages of the process from its third on are what the stories map, where the space of a device begins. */
static bool map_both(int wants)
{
	return map(0, 8192, 8192, wants);
}

static bool has_both(struct device *dev)
{
	return reached(dev, 0) == number_at(8192) << 12 && reached(dev, 4096) == number_at(12288) << 12;
}

static bool has_none(struct device *dev)
{
	return !reached(dev, 0) && !reached(dev, 4096);
}

/* ---- a group comes to what is mapped */

static void second_comes(void)
{
	WARN_ON(!has_both(&d1));
	if (!give(&g3, &d3, 1)) {
		WARN_ON(!has_both(&d1));
		take_back(&g1);
		return;
	}
	minds_unmapping = true;
	WARN_ON(!has_both(&d1) || !has_both(&d3));
	WARN_ON(model_mm.locked_vm != 2);
	story_comes_to_its_point = true;
	take_back(&g1);
	WARN_ON(!has_both(&d3));
	WARN_ON(model_mm.locked_vm != 2);
	take_back(&g3);
	WARN_ON(model_mm.locked_vm);
	minds_unmapping = false;
}

static void mapped_between(void)
{
	if (!open_container())
		return;
	if (give(&g1, &d1, 1)) {
		if (map_both(1))
			second_comes();
		else
			take_back(&g1);
	}
	end_mapping();
}

static void replayed(void)
{
	start_mapping(2);
	mapped_between();
}

/* No page lies behind the one before it: each is pinned and mapped by itself. */
static void replayed_in_pieces(void)
{
	start_mapping(2);
	is_scattered = true;
	mapped_between();
}

/* With large pages in page tables that are tried first. */
static void replayed_as_one_page(void)
{
	start_mapping(4);
	page_sizes = 4096 | 8192;
	mapped_between();
}

static void replayed_once_more(void)
{
	start_mapping(2);
	mapped_between();
	mapped_between();
}

/* What is mapped before the first group comes is only written down, and pinned for that. */
static void written_down_first(void)
{
	if (!open_container())
		return;
	if (map_both(1)) {
		WARN_ON(model_mm.locked_vm);
		if (give(&g1, &d1, 1))
			second_comes();
		else
			WARN_ON(model_mm.locked_vm);
	}
	end_mapping();
}

static void mapped_before(void)
{
	start_mapping(2);
	written_down_first();
}

static void mapped_before_in_pieces(void)
{
	start_mapping(2);
	is_scattered = true;
	written_down_first();
}

/* ---- it cannot have it */

/* The second group cannot have what is mapped: the first keeps it, and the second may try again. */
static void second_is_refused(int at)
{
	entry_fails_at = at;
	entry_gives = -ENOSPC;
	if (give(&g3, &d3, -ENOSPC))
		take_back(&g3);
	story_comes_to_its_point = true;
}

static void replay_fails(void)
{
	start_mapping(2);
	is_scattered = true;
	if (!open_container())
		return;
	if (give(&g1, &d1, 1)) {
		if (map_both(1)) {
			second_is_refused(4);
			WARN_ON(model_mm.locked_vm != 2);
			second_comes();
		} else
			take_back(&g1);
	}
	end_mapping();
}

/* Of two ranges one is there already, after the new domain was tried with a pair of pages. */
static void replay_of_ranges_fails(void)
{
	start_mapping(3);
	if (!open_container())
		return;
	if (give(&g1, &d1, 1)) {
		if (map(0, 4096, 4096, 1) && map(8192, 8192, 4096, 1)) {
			second_is_refused(8);
			WARN_ON(reached(&d1, 0) != number_at(4096) << 12);
			WARN_ON(reached(&d1, 8192) != number_at(8192) << 12);
			WARN_ON(model_mm.locked_vm != 2);
		}
		take_back(&g1);
	}
	end_mapping();
}

static void replay_unwound_too_far(void)
{
	minds_unmapping = true;
	replay_fails();
}

/* The first group cannot have what was written down, and then it can. */
static void first_replay_fails(void)
{
	start_mapping(2);
	is_scattered = true;
	entry_fails_at = 2;
	entry_gives = -ENOSPC;
	if (!open_container())
		return;
	if (map_both(1)) {
		if (give(&g1, &d1, -ENOSPC))
			take_back(&g1);
		WARN_ON(model_mm.locked_vm);
		if (give(&g1, &d1, 1)) {
			story_comes_to_its_point = true;
			second_comes();
		}
	}
	end_mapping();
}

/* ---- mapping while two domains are there */

static bool both_are_in(void)
{
	if (!open_container())
		return false;
	if (give(&g1, &d1, 1)) {
		if (give(&g3, &d3, 1))
			return true;
		take_back(&g1);
	}
	end_mapping();
	return false;
}

static void both_go(void)
{
	take_back(&g3);
	take_back(&g1);
	end_mapping();
}

/* The second domain has no room for the second page. */
static void mapped_in_one_only(void)
{
	start_mapping(2);
	if (!both_are_in())
		return;
	minds_unmapping = true;
	entry_fails_at = 4;
	entry_gives = -ENOSPC;
	if (!map_both(-ENOSPC)) {
		WARN_ON(!has_none(&d1) || !has_none(&d3));
		WARN_ON(model_mm.locked_vm);
		if (map_both(1)) {
			WARN_ON(!has_both(&d1) || !has_both(&d3));
			story_comes_to_its_point = true;
		}
	}
	both_go();
}

/* Of two pages that were pinned at once there is no room for one. */
static void refused_at(int entry)
{
	start_mapping(2);
	minds_unmapping = true;
	is_scattered = true;
	if (!open_container())
		return;
	entry_fails_at = entry;
	entry_gives = -ENOSPC;
	if (give(&g1, &d1, 1)) {
		if (!map_both(-ENOSPC)) {
			WARN_ON(!has_none(&d1));
			WARN_ON(model_mm.locked_vm);
			story_comes_to_its_point = map_both(1);
		}
		take_back(&g1);
	}
	end_mapping();
}

static void refused_at_once(void)
{
	refused_at(1);
}

static void refused_half_way(void)
{
	refused_at(2);
}

/* Addresses that have something are not given to something else. */
static void mapped_twice(void)
{
	start_mapping(2);
	if (!both_are_in())
		return;
	if (map_both(1)) {
		map(4096, 4096, 4096, -EEXIST);
		WARN_ON(!has_both(&d1) || !has_both(&d3));
		WARN_ON(model_mm.locked_vm != 2);
		story_comes_to_its_point = true;
	}
	both_go();
}

static void unmap_in_both(void)
{
	if (!both_are_in())
		return;
	minds_unmapping = true;
	if (map_both(1)) {
		WARN_ON(!has_both(&d1) || !has_both(&d3));
		unmap(0, 8192);
		WARN_ON(!has_none(&d1) || !has_none(&d3));
		WARN_ON(model_mm.locked_vm);
		story_comes_to_its_point = true;
	}
	both_go();
}

static void unmapped(void)
{
	start_mapping(2);
	unmap_in_both();
}

static void unmapped_in_pieces(void)
{
	start_mapping(2);
	is_scattered = true;
	unmap_in_both();
}

/* The container goes with all that is in it. */
static void released_with_all(void)
{
	start_mapping(2);
	if (!both_are_in())
		return;
	story_comes_to_its_point = map_both(1);
	end_mapping();
}

/* ---- memory that cannot be had */

/* The process may lock one page. */
static void limit_exceeded(void)
{
	start_mapping(2);
	memory_limit = 4096;
	if (!open_container())
		return;
	if (give(&g1, &d1, 1)) {
		if (!map_both(-ENOMEM)) {
			WARN_ON(!has_none(&d1));
			story_comes_to_its_point = map(0, 4096, 4096, 1);
		}
		take_back(&g1);
	}
	end_mapping();
}

/* The second page is not there. */
static void page_absent(void)
{
	start_mapping(2);
	absent_from = 3;
	if (!open_container())
		return;
	if (give(&g1, &d1, 1)) {
		if (!map_both(-EFAULT)) {
			WARN_ON(!has_none(&d1));
			WARN_ON(model_mm.locked_vm);
			story_comes_to_its_point = true;
		}
		take_back(&g1);
	}
	end_mapping();
}

/* ---- the last group goes */

/* A group without an IOMMU keeps what is mapped written down, but nothing is pinned for it. */
static void emulated_keeps_ranges(void)
{
	start_mapping(2);
	if (!open_container())
		return;
	refusal = vfio_iommu_type1_attach_group(container, &g2, EMULATED);
	if (!refusal && give(&g1, &d1, 1)) {
		if (map_both(1)) {
			take_back(&g1);
			WARN_ON(model_mm.locked_vm);
			if (give(&g1, &d1, 1))
				second_comes();
		} else
			take_back(&g1);
	}
	if (!refusal)
		take_back(&g2);
	end_mapping();
}

/* ---- beside each other */

static void first_is_in(void)
{
	start_mapping(2);
	if (open_container())
		give(&g1, &d1, 1);
}

static void map_beside(void)
{
	map_both(1);
}

static void both_have_it(void)
{
	WARN_ON(!has_both(&d1) || !has_both(&d3));
	WARN_ON(model_mm.locked_vm != 2);
	story_comes_to_its_point = true;
	both_go();
}

static void first_has_it(void)
{
	first_is_in();
	map_both(1);
}

static void unmap_beside(void)
{
	unmap(0, 8192);
}

static void neither_has_it(void)
{
	WARN_ON(!has_none(&d1) || !has_none(&d3));
	WARN_ON(model_mm.locked_vm);
	story_comes_to_its_point = true;
	both_go();
}
