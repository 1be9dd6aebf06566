/*
 * run: alone try_invalidate
 */
struct inv_queue {
	spinlock_t lock;
	u32 tail;
	u32 limit;
};

static bool try_invalidate(struct inv_queue *queue)
{
	if (!spin_trylock(&queue->lock))
		return false;
	if (queue->tail == queue->limit) {
		spin_unlock(&queue->lock);
		return false;
	}
	queue->tail++;
	spin_unlock(&queue->lock);
	return true;
}
