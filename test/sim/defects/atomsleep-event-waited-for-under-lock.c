/*
 * run: alone toy_command
 * tape: -
 */
struct toy {
	spinlock_t lock;
	wait_queue_head_t queue;
	int busy;
};

static void toy_command(struct toy *toy)
{
	unsigned long flags;

	spin_lock_irqsave(&toy->lock, flags);
	wait_event(toy->queue, !toy->busy);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ATOMSLEEP: wait_event() may sleep
	toy->busy = 1;
	spin_unlock_irqrestore(&toy->lock, flags);
}
