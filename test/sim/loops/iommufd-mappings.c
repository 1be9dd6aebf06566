// SPDX-License-Identifier: MIT
/*
 * What user space maps in an address space of iommufd, and what becomes of it
 * when devices come and go. Stands after process-memory.c and iommufd.c.
 */

static struct user_struct model_user;

struct user_struct *current_user(void)
{
	return &model_user;
}

struct user_struct *get_uid(struct user_struct *user)
{
	refcount_inc(&user->__count);
	return user;
}

void free_uid(struct user_struct *user)
{
	WARN_ON(refcount_dec_and_test(&user->__count));
}

static void start_mapping(unsigned long pages)
{
	start_free_world(INSTANCE_CHECKED);
	aperture_pages = pages;
	start_memory(&model_mm);
	refcount_set(&model_user.__count, 1);
}

static void end_mapping(void)
{
	close_iommufd();
	check_memory(&model_mm);
	WARN_ON(atomic_long_read(&model_user.locked_vm));
	WARN_ON(refcount_read(&model_user.__count) != 1);
}

static int map_both(void)
{
	struct iommu_ioas_map request = {
		.size = sizeof(request),
		.flags = IOMMU_IOAS_MAP_FIXED_IOVA | IOMMU_IOAS_MAP_READABLE,
		.ioas_id = space,
		.user_va = 8192,
		.length = 8192,
		.iova = 0,
	};
	struct iommufd_ucmd command = {
		.ictx = context, .user_size = sizeof(request), .cmd = &request,
	};

	return iommufd_ioas_map(&command);
}

static int unmap_both(void)
{
	struct iommu_ioas_unmap request = {
		.size = sizeof(request), .ioas_id = space, .iova = 0, .length = 8192,
	};
	struct iommufd_ucmd command = {
		.ictx = context, .user_size = sizeof(request), .cmd = &request,
	};

	return iommufd_ioas_unmap(&command);
}

/* Where a device comes to by an address, 0 for nowhere. */
static unsigned long reached(struct device *dev, unsigned long iova)
{
	return iommu_iova_to_phys(simulated_domain(dev, IOMMU_NO_PASID), iova);
}

/* The two pages of the process from its third on are what the stories map, where the space of a device begins. */
static bool has_both(struct device *dev)
{
	return reached(dev, 0) == number_at(8192) << 12 && reached(dev, 4096) == number_at(12288) << 12;
}

static bool has_none(struct device *dev)
{
	return !reached(dev, 0) && !reached(dev, 4096);
}

static long locked(void)
{
	return atomic_long_read(&model_user.locked_vm);
}

/* Two devices behind two instances, and what a story does with them. */
static void with_two(void (*story)(struct iommufd_device *one, struct iommufd_device *two))
{
	struct iommufd_device *one, *two;

	if (!open_iommufd())
		return;
	if (make_space(&space)) {
		one = bind(&d1);
		two = bind(&d3);
		if (one && two)
			story(one, two);
		if (two)
			iommufd_device_unbind(two);
		if (one)
			iommufd_device_unbind(one);
		WARN_ON(destroy(space));
	}
	end_mapping();
}

/* The first that goes is the one whose domain the pages are known by. */
static void second_comes(struct iommufd_device *one, struct iommufd_device *two)
{
	WARN_ON(!has_both(&d1));
	if (attach(two, &d3, space, SUCCEEDS)) {
		WARN_ON(!has_both(&d1) || !has_both(&d3));
		WARN_ON(locked() != 2);
		story_comes_to_its_point = true;
		iommufd_device_detach(one);
		WARN_ON(!has_both(&d3));
		WARN_ON(locked() != 2);
		iommufd_device_detach(two);
	} else {
		WARN_ON(!has_both(&d1));
		iommufd_device_detach(one);
	}
	WARN_ON(locked());
}

static void map_and_attach(struct iommufd_device *one, struct iommufd_device *two)
{
	if (map_both())
		return;
	WARN_ON(locked());
	if (attach(one, &d1, space, SUCCEEDS))
		second_comes(one, two);
}

static void mapped_before(void)
{
	start_mapping(2);
	with_two(map_and_attach);
}

static void mapped_before_in_pieces(void)
{
	start_mapping(2);
	is_scattered = true;
	with_two(map_and_attach);
}

static void map_between(struct iommufd_device *one, struct iommufd_device *two)
{
	if (!attach(one, &d1, space, SUCCEEDS))
		return;
	if (!map_both())
		second_comes(one, two);
	else
		iommufd_device_detach(one);
}

static void mapped_between(void)
{
	start_mapping(2);
	with_two(map_between);
}

/* The domain of the second device has no room for the second page, and then it has. */
static void refuse_second(struct iommufd_device *one, struct iommufd_device *two)
{
	if (map_both() || !attach(one, &d1, space, SUCCEEDS))
		return;
	attach(two, &d3, space, -ENOSPC);
	WARN_ON(locked() != 2);
	second_comes(one, two);
}

static void second_is_refused(void)
{
	start_mapping(2);
	is_scattered = true;
	entry_fails_at = 4;
	entry_gives = -ENOSPC;
	with_two(refuse_second);
}

static void map_in_both(struct iommufd_device *one, struct iommufd_device *two)
{
	int status;

	if (!attach(one, &d1, space, SUCCEEDS))
		return;
	if (attach(two, &d3, space, SUCCEEDS)) {
		status = map_both();
		if (status == -ENOSPC) {
			WARN_ON(!has_none(&d1) || !has_none(&d3));
			WARN_ON(locked());
			status = map_both();
		}
		if (!status) {
			WARN_ON(!has_both(&d1) || !has_both(&d3));
			WARN_ON(locked() != 2);
			unmap_both();
			WARN_ON(!has_none(&d1) || !has_none(&d3));
			WARN_ON(locked());
			story_comes_to_its_point = true;
		}
		iommufd_device_detach(two);
	}
	iommufd_device_detach(one);
}

static void mapped_in_both(void)
{
	start_mapping(2);
	with_two(map_in_both);
}

static void mapped_in_one_only(void)
{
	start_mapping(2);
	is_scattered = true;
	entry_fails_at = 4;
	entry_gives = -ENOSPC;
	with_two(map_in_both);
}
