// SPDX-License-Identifier: MIT
/*
 * What user space and the drivers of devices do to an iommufd: it is opened,
 * devices are bound to it and attached to what it holds, and all of it goes
 * again. Stands after user-domains.c and files.c, and runs on the code of a tree.
 */

#define SUCCEEDS	1
#define EITHER		0

static struct file opened;
static struct iommufd_ctx *context;
static u32 space, other_space;

/* What must have come about for silence to mean something. */
static bool story_comes_to_its_point;

/* ---- what is called */

static bool open_iommufd(void)
{
	int status;

	simulated_prepare(true);
	start_file(&opened, &iommufd_fops, NULL);
	status = iommufd_fops_open(&nowhere, &opened);
	context = opened.private_data;
	simulated_prepare(false);
	return status == 0;
}

static void came_back(struct iommu_group *group)
{
	WARN_ON(kref_read(&group->ref) != 1);
	WARN_ON(group->owner_cnt);
}

/* Whatever is left in it goes, the last first; nobody keeps it or a group. */
static void close_iommufd(void)
{
	fput(&opened);
	WARN_ON(atomic_long_read(&opened.f_count));
	opened.private_data = NULL;
	context = NULL;
	came_back(&g1);
	came_back(&g2);
	came_back(&g3);
	came_back(&g5);
	came_back(&g8);
}

static bool make_space(u32 *id)
{
	struct iommu_ioas_alloc request = { .size = sizeof(request) };
	struct iommufd_ucmd command = {
		.ictx = context, .user_size = sizeof(request), .cmd = &request,
	};

	if (iommufd_ioas_alloc_ioctl(&command))
		return false;
	*id = request.out_ioas_id;
	return true;
}

static int destroy(u32 id)
{
	struct iommu_destroy request = { .size = sizeof(request), .id = id };
	struct iommufd_ucmd command = {
		.ictx = context, .user_size = sizeof(request), .cmd = &request,
	};

	return iommufd_destroy(&command);
}

static struct iommufd_device *bind(struct device *dev)
{
	struct iommufd_device *bound;
	u32 id;

	bound = iommufd_device_bind(context, dev, &id);
	return IS_ERR(bound) ? NULL : bound;
}

static bool attach(struct iommufd_device *bound, struct device *dev, u32 to, int wants)
{
	u32 id = to;
	int status;

	simulated_begin("attach of a device", dev, NULL);
	status = iommufd_device_attach(bound, &id);
	simulated_end(status ? ERR_PTR(status) : (void *)1, wants);
	return status == 0;
}

static bool move(struct iommufd_device *bound, struct device *dev, u32 to, int wants)
{
	u32 id = to;
	int status;

	simulated_begin("attach of a device to something else", dev, NULL);
	status = iommufd_device_replace(bound, &id);
	simulated_end(status ? ERR_PTR(status) : (void *)1, wants);
	return status == 0;
}

static int make_hwpt(struct iommufd_device *bound, u32 parent, u32 flags, u32 data, u32 fault, u32 *id)
{
	struct iommu_hwpt_alloc request = {
		.size = sizeof(request),
		.flags = flags,
		.dev_id = iommufd_device_to_id(bound),
		.pt_id = parent,
		.data_type = data ? IOMMU_HWPT_DATA_VTD_S1 : IOMMU_HWPT_DATA_NONE,
		.data_len = data,
		.fault_id = fault,
	};
	struct iommufd_ucmd command = {
		.ictx = context, .user_size = sizeof(request), .cmd = &request,
	};
	int status = iommufd_hwpt_alloc(&command);

	if (!status)
		*id = request.out_hwpt_id;
	return status;
}

/* ---- stories */

/* One device, then another, are attached to one address space, which goes in the end. */
static void attach_both(struct device *first, struct device *second, int wants)
{
	struct iommufd_device *one, *two;

	if (!open_iommufd())
		return;
	if (make_space(&space)) {
		one = bind(first);
		two = bind(second);
		if (one && attach(one, first, space, SUCCEEDS)) {
			if (two) {
				if (attach(two, second, space, wants))
					iommufd_device_detach(two);
				story_comes_to_its_point = true;
			}
			iommufd_device_detach(one);
		}
		if (two)
			iommufd_device_unbind(two);
		if (one)
			iommufd_device_unbind(one);
		WARN_ON(destroy(space));
	}
	close_iommufd();
}

static void two_instances(void)
{
	start_free_world(INSTANCE_CHECKED);
	attach_both(&d1, &d3, SUCCEEDS);
}

static void one_instance(void)
{
	start_free_world(INSTANCE_CHECKED);
	attach_both(&d1, &d2, SUCCEEDS);
}

static void shared_instances(void)
{
	start_free_world(INSTANCE_SHARED);
	attach_both(&d1, &d3, SUCCEEDS);
}

static void two_drivers(void)
{
	start_free_world(INSTANCE_CHECKED);
	attach_both(&d1, &d5, SUCCEEDS);
}

static void one_group(void)
{
	start_free_world(INSTANCE_CHECKED);
	attach_both(&d8, &d9, SUCCEEDS);
}

static void once_more(void)
{
	start_free_world(INSTANCE_CHECKED);
	attach_both(&d1, &d3, SUCCEEDS);
	attach_both(&d3, &d1, SUCCEEDS);
}

/* The second attach is that of the domain that is there to the second device. */
static void candidate_lacks_memory(void)
{
	start_free_world(INSTANCE_CHECKED);
	attach_fails_at = 2;
	attach_gives = -ENOMEM;
	attach_both(&d1, &d3, -ENOMEM);
}

/* The third is that of the domain of its own. */
static void own_domain_fails(void)
{
	start_free_world(INSTANCE_CHECKED);
	keeps_memory = &d3;
	kept_at = 1 << 20;
	attach_fails_at = 3;
	attach_gives = -ENODEV;
	attach_both(&d1, &d3, -ENODEV);
}

/* Devices of one group, each to an address space of its own. */
static void group_torn(void)
{
	struct iommufd_device *one, *two;

	start_free_world(INSTANCE_CHECKED);
	if (!open_iommufd())
		return;
	if (make_space(&space) && make_space(&other_space)) {
		one = bind(&d8);
		two = bind(&d9);
		if (one && two && attach(one, &d8, space, SUCCEEDS)) {
			story_comes_to_its_point = !attach(two, &d9, other_space, -EINVAL);
			iommufd_device_detach(one);
		}
		if (two)
			iommufd_device_unbind(two);
		if (one)
			iommufd_device_unbind(one);
	}
	close_iommufd();
}

/* ---- replacing */

/* A device goes from one address space to another. */
static void change_space(struct iommufd_device *bound, struct device *dev, int wants)
{
	u32 before = space;

	if (!attach(bound, dev, before, SUCCEEDS))
		return;
	story_comes_to_its_point = move(bound, dev, other_space, wants) == (wants == SUCCEEDS);
	iommufd_device_detach(bound);
}

static void with_spaces(struct device *dev, int wants)
{
	struct iommufd_device *bound;

	if (!open_iommufd())
		return;
	if (make_space(&space) && make_space(&other_space)) {
		bound = bind(dev);
		if (bound) {
			change_space(bound, dev, wants);
			iommufd_device_unbind(bound);
		}
		WARN_ON(destroy(space));
		WARN_ON(destroy(other_space));
	}
	close_iommufd();
}

static void replaced(void)
{
	start_free_world(INSTANCE_CHECKED);
	keeps_memory = &d1;
	kept_at = 1 << 20;
	with_spaces(&d1, SUCCEEDS);
}

/* Neither the domain that is there nor reserved ranges are lost when the new domain does not take the device. */
static void replace_fails(void)
{
	start_free_world(INSTANCE_CHECKED);
	keeps_memory = &d1;
	kept_at = 1 << 20;
	attach_fails_at = 2;
	attach_gives = -ENOSPC;
	with_spaces(&d1, -ENOSPC);
}

/* Both devices of a group go over when one of them is told to. */
static void group_replaced(void)
{
	struct iommufd_device *one, *two;

	start_free_world(INSTANCE_CHECKED);
	keeps_memory = &d9;
	kept_at = 1 << 20;
	if (!open_iommufd())
		return;
	if (make_space(&space) && make_space(&other_space)) {
		one = bind(&d8);
		two = bind(&d9);
		if (one && two && attach(one, &d8, space, SUCCEEDS)) {
			if (attach(two, &d9, space, SUCCEEDS)) {
				story_comes_to_its_point = move(one, &d8, other_space, SUCCEEDS);
				iommufd_device_detach(two);
			}
			iommufd_device_detach(one);
		}
		if (two)
			iommufd_device_unbind(two);
		if (one)
			iommufd_device_unbind(one);
	}
	close_iommufd();
}

/* ---- windows for interrupts */

static void msi_in_group(void)
{
	start_free_world(INSTANCE_CHECKED);
	keeps_msi = &d8;
	attach_both(&d8, &d9, SUCCEEDS);
}

/* ---- what domains are asked to be */

static void one_snoops(void)
{
	start_free_world(INSTANCE_SHARED);
	i1.features |= SNOOPS;
	attach_both(&d1, &d3, SUCCEEDS);
}

/* A page table that tracks what is written goes to no hardware that cannot. */
static void tracked(void)
{
	struct iommufd_device *one, *two;
	u32 table;

	start_user_world(INSTANCE_SHARED);
	if (!open_iommufd())
		return;
	if (make_space(&space)) {
		one = bind(&d11);
		two = bind(&d12);
		if (one && two && !make_hwpt(one, space, IOMMU_HWPT_ALLOC_DIRTY_TRACKING, 0, 0, &table)) {
			if (attach(one, &d11, table, SUCCEEDS)) {
				attach(two, &d12, table, -EINVAL);
				WARN_ON(destroy(table) != -EBUSY);
				story_comes_to_its_point = true;
				iommufd_device_detach(one);
			}
			WARN_ON(destroy(table));
		}
		if (two)
			iommufd_device_unbind(two);
		if (one)
			iommufd_device_unbind(one);
	}
	close_iommufd();
}

/* ---- nesting */

static void refuse_nested(struct iommufd_device *bound, u32 parent)
{
	u32 table;
	int status = make_hwpt(bound, parent, 0, 8, 0, &table);

	WARN_ON(status != -EINVAL && status != -ENOMEM);
}

static void nested_on_wrong_parent(void)
{
	struct iommufd_device *one, *two;
	u32 plain, parent, table, automatic;

	start_user_world(INSTANCE_CHECKED);
	if (!open_iommufd())
		return;
	if (make_space(&space)) {
		one = bind(&d11);
		two = bind(&d13);
		if (one && two && !make_hwpt(one, space, 0, 0, 0, &plain) &&
		    !make_hwpt(one, space, IOMMU_HWPT_ALLOC_NEST_PARENT, 0, 0, &parent)) {
			refuse_nested(one, plain);
			refuse_nested(two, parent);
			automatic = space;
			if (!iommufd_device_attach(one, &automatic)) {
				refuse_nested(one, automatic);
				iommufd_device_detach(one);
			}
			if (!make_hwpt(one, parent, 0, 8, 0, &table)) {
				if (attach(one, &d11, table, SUCCEEDS))
					iommufd_device_detach(one);
				WARN_ON(destroy(parent) != -EBUSY);
				WARN_ON(destroy(table));
				story_comes_to_its_point = true;
			}
			WARN_ON(destroy(parent));
		}
		if (two)
			iommufd_device_unbind(two);
		if (one)
			iommufd_device_unbind(one);
	}
	close_iommufd();
}

/* ---- page faults that user space answers */

static bool make_faults(u32 *id)
{
	struct iommu_fault_alloc request = { .size = sizeof(request) };
	struct iommufd_ucmd command = {
		.ictx = context, .user_size = sizeof(request), .cmd = &request,
	};

	if (iommufd_fault_alloc(&command))
		return false;
	*id = request.out_fault_id;
	return true;
}

/* A nested page table whose faults user space gets, and one whose faults it does not. */
static void with_faults(void)
{
	struct iommufd_device *bound;
	u32 faults, parent, reports, silent;

	start_user_world(INSTANCE_CHECKED);
	if (!open_iommufd())
		return;
	bound = bind(&d11);
	if (bound && make_space(&space) && make_faults(&faults) &&
	    !make_hwpt(bound, space, IOMMU_HWPT_ALLOC_NEST_PARENT, 0, 0, &parent) &&
	    !make_hwpt(bound, parent, 0, 8, 0, &silent) &&
	    !make_hwpt(bound, parent, IOMMU_HWPT_FAULT_ID_VALID, 8, faults, &reports)) {
		WARN_ON(destroy(faults) != -EBUSY);
		if (attach(bound, &d11, reports, SUCCEEDS)) {
			WARN_ON(features_on != 1);
			if (move(bound, &d11, silent, SUCCEEDS)) {
				WARN_ON(features_on);
				if (move(bound, &d11, reports, SUCCEEDS))
					story_comes_to_its_point = true;
			}
			iommufd_device_detach(bound);
		}
		WARN_ON(destroy(reports));
	}
	if (bound)
		iommufd_device_unbind(bound);
	WARN_ON(features_on);
	close_installed();
	close_iommufd();
}

/* One device, and a page table of each kind for it. */
static struct iommufd_device *asker;
static u32 fault_queue, reporting, quiet;

static bool start_asking(void)
{
	u32 parent;

	start_user_world(INSTANCE_CHECKED);
	if (!open_iommufd())
		return false;
	asker = bind(&d11);
	return asker && make_space(&space) && make_faults(&fault_queue) &&
	       !make_hwpt(asker, space, IOMMU_HWPT_ALLOC_NEST_PARENT, 0, 0, &parent) &&
	       !make_hwpt(asker, parent, 0, 8, 0, &quiet) &&
	       !make_hwpt(asker, parent, IOMMU_HWPT_FAULT_ID_VALID, 8, fault_queue, &reporting) &&
	       attach(asker, &d11, reporting, SUCCEEDS);
}

static void stop_asking(void)
{
	iommufd_device_unbind(asker);
	asker = NULL;
	WARN_ON(features_on);
	WARN_ON(destroy(reporting));
	close_installed();
	WARN_ON(destroy(fault_queue));
	close_iommufd();
}

static long read_fault(struct iommu_hwpt_pgfault *message)
{
	loff_t at = 0;

	return iommufd_fault_fops_read(installed, (char *)message, sizeof(*message), &at);
}

static long answer_fault(u32 cookie)
{
	struct iommu_hwpt_page_response answer = {
		.cookie = cookie, .code = IOMMUFD_PAGE_RESP_SUCCESS,
	};
	loff_t at = 0;

	return iommufd_fault_fops_write(installed, (char *)&answer, sizeof(answer), &at);
}

/* User space answers, and finds no second request. */
static void fault_answered(void)
{
	struct iommu_hwpt_pgfault message;

	if (!start_asking())
		return;
	if (!ask_for_page(&d11, 5) && read_fault(&message) == sizeof(message)) {
		WARN_ON(message.grpid != 5 || message.dev_id != iommufd_device_to_id(asker));
		WARN_ON(read_fault(&message));
		if (answer_fault(message.cookie) > 0) {
			WARN_ON(answer_fault(message.cookie) > 0);
			story_comes_to_its_point = true;
		}
	}
	iommufd_device_detach(asker);
	stop_asking();
}

/* Whatever user space knows of, the kernel has answered it. */
static void nothing_left(u32 cookie)
{
	struct iommu_hwpt_pgfault message;

	WARN_ON(read_fault(&message));
	WARN_ON(answer_fault(cookie) > 0);
	story_comes_to_its_point = true;
}

/* One request was read and one was not when the device goes to a page table without faults. */
static void faults_left_by_move(void)
{
	struct iommu_hwpt_pgfault message;

	if (!start_asking())
		return;
	ask_for_page(&d11, 5);
	if (read_fault(&message) == sizeof(message)) {
		ask_for_page(&d11, 6);
		if (move(asker, &d11, quiet, SUCCEEDS))
			nothing_left(message.cookie);
	}
	iommufd_device_detach(asker);
	stop_asking();
}

static void faults_left_by_detach(void)
{
	struct iommu_hwpt_pgfault message;

	bool is_read;

	if (!start_asking())
		return;
	ask_for_page(&d11, 5);
	ask_for_page(&d11, 6);
	is_read = read_fault(&message) == sizeof(message);
	iommufd_device_detach(asker);
	if (is_read)
		nothing_left(message.cookie);
	stop_asking();
}

/* ---- who may do what */

/* A device goes while it is attached: its driver has a bug, and is told. */
static void unbound_too_soon(void)
{
	struct iommufd_device *one;

	start_free_world(INSTANCE_CHECKED);
	if (!open_iommufd() || !make_space(&space))
		return;
	one = bind(&d1);
	if (attach(one, &d1, space, SUCCEEDS)) {
		iommufd_device_unbind(one);
		iommufd_device_detach(one);
	}
}

/* A group belongs to one iommufd at a time. */
static void claimed_twice(void)
{
	static struct file second;
	struct iommufd_ctx *mine;
	struct iommufd_device *one, *two;

	start_free_world(INSTANCE_CHECKED);
	if (!open_iommufd())
		return;
	mine = context;
	start_file(&second, &iommufd_fops, NULL);
	one = bind(&d8);
	if (!iommufd_fops_open(&nowhere, &second)) {
		context = second.private_data;
		two = bind(&d9);
		WARN_ON(one && two);
		story_comes_to_its_point = one && !two;
		if (two)
			iommufd_device_unbind(two);
		fput(&second);
		second.private_data = NULL;
	}
	context = mine;
	if (one)
		iommufd_device_unbind(one);
	close_iommufd();
}

/* What user space has not destroyed goes with the file. */
static void left_behind(void)
{
	struct iommufd_device *one;
	u32 table, parent;

	start_user_world(INSTANCE_CHECKED);
	if (!open_iommufd())
		return;
	one = bind(&d11);
	if (one && make_space(&space) &&
	    !make_hwpt(one, space, IOMMU_HWPT_ALLOC_NEST_PARENT, 0, 0, &parent) &&
	    !make_hwpt(one, parent, 0, 8, 0, &table))
		story_comes_to_its_point = make_space(&other_space);
	if (one)
		iommufd_device_unbind(one);
	close_iommufd();
}

/* ---- beside each other */

static struct iommufd_device *first, *second;

static void open_with_space(void)
{
	start_free_world(INSTANCE_CHECKED);
	simulated_prepare(true);
	open_iommufd();
	make_space(&space);
	simulated_prepare(false);
}

static void close_all(void)
{
	story_comes_to_its_point = first && second;
	if (first)
		iommufd_device_unbind(first);
	if (second)
		iommufd_device_unbind(second);
	first = NULL;
	second = NULL;
	WARN_ON(destroy(space));
	close_iommufd();
}

static void bind_two(void)
{
	open_with_space();
	first = bind(&d1);
	second = bind(&d2);
}

static void attach_first(void)
{
	attach(first, &d1, space, SUCCEEDS);
}

static void attach_second(void)
{
	attach(second, &d2, space, SUCCEEDS);
}

static void detach_first(void)
{
	iommufd_device_detach(first);
}

static void take_both_back(void)
{
	iommufd_device_detach(first);
	iommufd_device_detach(second);
	close_all();
}

static void take_second_back(void)
{
	iommufd_device_detach(second);
	close_all();
}

static void bind_two_attach_one(void)
{
	bind_two();
	attach_first();
}

/* An address space goes while a device comes: one of them is told no. */
static int gone, came;

static void destroy_space(void)
{
	gone = destroy(space);
}

static void attach_if_there(void)
{
	u32 id = space;

	came = iommufd_device_attach(first, &id);
}

static void settle(void)
{
	WARN_ON(!gone && !came);
	if (!came)
		iommufd_device_detach(first);
	if (!gone)
		WARN_ON(!make_space(&space));
	close_all();
}

/* Two devices of a group come first at the same time. */
static void bind_eight(void)
{
	first = bind(&d8);
}

static void bind_nine(void)
{
	second = bind(&d9);
}
