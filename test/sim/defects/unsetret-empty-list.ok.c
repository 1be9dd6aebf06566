/*
 * run: alone group_regions
 */
struct group_device {
	struct list_head list;
	struct device *dev;
};

struct group {
	struct mutex mutex;
	struct list_head devices;
};

int insert_regions(struct device *dev);

static int group_regions(struct group *group)
{
	struct group_device *device;
	int ret = 0;

	mutex_lock(&group->mutex);
	list_for_each_entry(device, &group->devices, list) {
		ret = insert_regions(device->dev);
		if (ret)
			break;
	}
	mutex_unlock(&group->mutex);
	return ret;
}
