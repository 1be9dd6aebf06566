/*
 * run: alone queue_command
 * tape: 1
 */
struct command_queue {
	spinlock_t lock;
	u32 prod;
	u32 cons;
	bool is_dead;
};

static int queue_command(struct command_queue *queue)
{
	unsigned long flags;
	int ret = 0;

	spin_lock_irqsave(&queue->lock, flags);
	if (queue->prod - queue->cons >= 256) {
		ret = -EAGAIN;
		spin_unlock_irqrestore(&queue->lock, flags);
		goto out;
	}
	queue->prod++;

out:
	spin_unlock_irqrestore(&queue->lock, flags);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LOCKBAL: which it does not hold
	return ret;
}
