/*
 * run: alone init_domain
 */
struct unit_dev {
	int id;
};

struct unit_domain {
	struct mutex init_mutex;
	struct unit_dev *unit;
	void *table;
};

static int init_domain(struct unit_domain *domain, struct unit_dev *unit)
{
	void *table;
	int ret = 0;

	mutex_lock(&domain->init_mutex);
	if (domain->unit)
		goto out_unlock;
	table = kzalloc(4096, GFP_KERNEL);
	if (!table) {
		ret = -ENOMEM;
		goto out_unlock;
	}
	domain->unit = unit;
	domain->table = table;
	mutex_unlock(&domain->init_mutex);
	return 0;

out_unlock:
	mutex_unlock(&domain->init_mutex);
	return ret;
}
