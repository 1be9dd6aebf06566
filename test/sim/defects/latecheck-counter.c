/*
 * run: alone drop_group
 * tape: -
 */
struct pasid_group {
	struct mutex lock;
	u32 devices;
};

struct pasid_device {
	struct pasid_group *group;
};

static void drop_group(struct pasid_device *device)
{
	struct pasid_group *group = device->group;

	group->devices--;
//	^^^^^^^^^^^^^^^^ LATECHECK: tests it for NULL afterwards
	if (group)
		device->group = NULL;
}
