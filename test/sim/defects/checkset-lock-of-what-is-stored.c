/*
 * run: alone attach_device
 * confidence: possible
 * tape: 1
 */
struct unit_domain {
	spinlock_t lock;
	unsigned int devices;
};

struct unit_master {
	struct unit_domain *domain;
};

struct unit_ops {
	int (*attach_dev)(struct unit_master *master, struct unit_domain *domain);
};

static int attach_device(struct unit_master *master, struct unit_domain *domain)
{
	int ret = -EBUSY;

	spin_lock(&domain->lock);
	if (master->domain)
		goto out;
	master->domain = domain;
//	^^^^^^^^^^^^^^^^^^^^^^^ CHECKSET: under `domain->lock` alone
	domain->devices++;
	ret = 0;
out:
	spin_unlock(&domain->lock);
	return ret;
}

static const struct unit_ops unit_ops = { .attach_dev = attach_device };
