/*
 * run: alone increase_space
 * confidence: possible
 * tape: -
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

	spin_lock_irqsave(&domain->lock, flags);
	table = (void *)get_zeroed_page(gfp);
//			^^^^^^^^^^^^^^^^^^^^ ATOMSLEEP: may sleep if `gfp` allows it
	if (table) {
		domain->root = table;
		domain->mode++;
	}
	spin_unlock_irqrestore(&domain->lock, flags);
	return table ? 0 : -ENOMEM;
}

static int unit_map(struct unit_domain *domain, gfp_t gfp)
{
	return increase_space(domain, gfp);
}

static const struct unit_ops unit_ops = { .map = unit_map };
