/*
 * run: alone event_queue_alloc
 */
struct event_queue {
	u64 *base;
	u32 weight;
};

static struct event_queue *event_queue_alloc(u32 *weights, unsigned int count, size_t size)
{
	struct event_queue *queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	unsigned int at;
	u32 weight = 0;
	u64 *base;

	if (!queue)
		return NULL;
	for (at = 0; at < count; at++)
		weight += weights[at];
	base = kzalloc(size, GFP_KERNEL);
	if (!base) {
		kfree(queue);
		return NULL;
	}
	queue->base = base;
	queue->weight = weight;
	return queue;
}
