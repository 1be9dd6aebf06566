/*
 * run: alone bump
 */
struct counter {
	spinlock_t lock;
	int count;
};

static int bump(struct counter *counter)
{
	unsigned long flags;
	int count;

	spin_lock_irqsave(&counter->lock, flags);
	count = ++counter->count;
	spin_unlock_irqrestore(&counter->lock, flags);
	return count;
}
