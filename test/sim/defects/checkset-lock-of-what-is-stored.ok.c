/*
 * run: alone attach_device
 */
struct unit_domain {
	spinlock_t lock;
	unsigned int devices;
};

struct unit_master {
	spinlock_t lock;
	struct unit_domain *domain;
};

struct unit_ops {
	int (*attach_dev)(struct unit_master *master, struct unit_domain *domain);
};

static int attach_device(struct unit_master *master, struct unit_domain *domain)
{
	int ret = -EBUSY;

	spin_lock(&domain->lock);
	spin_lock(&master->lock);
	if (master->domain)
		goto out;
	master->domain = domain;
	domain->devices++;
	ret = 0;
out:
	spin_unlock(&master->lock);
	spin_unlock(&domain->lock);
	return ret;
}

static const struct unit_ops unit_ops = { .attach_dev = attach_device };
