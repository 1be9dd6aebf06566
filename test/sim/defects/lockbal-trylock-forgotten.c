/*
 * run: alone try_invalidate
 * tape: 0.1
 */
struct inv_queue {
	spinlock_t lock;
	u32 tail;
	u32 limit;
};

static bool try_invalidate(struct inv_queue *queue)
{
	if (!spin_trylock(&queue->lock))
//	     ^^^^^^^^^^^^^^^^^^^^^^^^^^ LOCKBAL: returns with it on one path
		return false;
	if (queue->tail == queue->limit)
		return false;
	queue->tail++;
	spin_unlock(&queue->lock);
	return true;
}
