/*
 * run: alone bump
 * tape: -
 */
struct counter {
	spinlock_t lock;
	int count;
};

static int bump(struct counter *counter)
{
	unsigned long flags;
	int count;

	spin_lock(&counter->lock);
	count = ++counter->count;
	spin_unlock_irqrestore(&counter->lock, flags);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UNINIT: restores interrupts from `flags`
	return count;
}
