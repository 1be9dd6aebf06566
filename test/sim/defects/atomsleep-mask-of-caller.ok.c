/*
 * run: alone increase_space
 */
struct unit_domain {
	spinlock_t lock;
	unsigned long mode;
	void *root;
};

struct unit_ops {
	int (*map)(struct unit_domain *domain, gfp_t gfp);
};

static int increase_space(struct unit_domain *domain, gfp_t gfp)
{
	unsigned long flags;
	void *table;

	table = (void *)get_zeroed_page(gfp);
	if (!table)
		return -ENOMEM;
	spin_lock_irqsave(&domain->lock, flags);
	domain->root = table;
	domain->mode++;
	spin_unlock_irqrestore(&domain->lock, flags);
	return 0;
}

static int unit_map(struct unit_domain *domain, gfp_t gfp)
{
	return increase_space(domain, gfp);
}

static const struct unit_ops unit_ops = { .map = unit_map };
