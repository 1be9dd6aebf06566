/*
 * run: alone map_sg
 * tape: 1
 */
struct map_domain {
	spinlock_t lock;
	u64 *table;
};

static u64 *alloc_table(gfp_t gfp)
{
	return kzalloc(4096, gfp);
}

static int map_sg(struct map_domain *domain)
{
	unsigned long flags;
	int ret = 0;

	spin_lock_irqsave(&domain->lock, flags);
	if (!domain->table)
		domain->table = alloc_table(GFP_KERNEL);
//				^^^^^^^^^^^^^^^^^^^^^^^ ATOMSLEEP: kzalloc() may sleep
	if (!domain->table)
		ret = -ENOMEM;
	spin_unlock_irqrestore(&domain->lock, flags);
	return ret;
}
