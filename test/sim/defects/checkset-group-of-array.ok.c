/*
 * run: alone unit_device_group
 */
struct unit_group {
	int id;
};

struct unit_dev {
	struct mutex lock;
	struct unit_group *groups[8];
	unsigned int users;
};

struct unit_ops {
	struct unit_group *(*device_group)(struct unit_dev *unit, unsigned int id);
	void (*release)(struct unit_dev *unit);
};

static struct unit_group *unit_device_group(struct unit_dev *unit, unsigned int id)
{
	struct unit_group *group;

	mutex_lock(&unit->lock);
	group = unit->groups[id & 7];
	if (!group) {
		group = kzalloc(sizeof(*group), GFP_KERNEL);
		if (group)
			unit->groups[id & 7] = group;
	}
	mutex_unlock(&unit->lock);
	return group;
}

static void unit_release(struct unit_dev *unit)
{
	mutex_lock(&unit->lock);
	unit->users--;
	mutex_unlock(&unit->lock);
}

static const struct unit_ops unit_ops = {
	.device_group = unit_device_group,
	.release = unit_release,
};
