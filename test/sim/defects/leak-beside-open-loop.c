/*
 * run: alone event_queue_alloc
 * tape: 0.0.1
 */
struct event_queue {
	u64 *base;
	u32 weight;
};

/* More rounds of the loop cannot free the queue: it knows nothing of it. */
static struct event_queue *event_queue_alloc(u32 *weights, unsigned int count, size_t size)
{
	struct event_queue *queue = kzalloc(sizeof(*queue), GFP_KERNEL);
//				    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: never freed
	unsigned int at;
	u32 weight = 0;
	u64 *base;

	if (!queue)
		return NULL;
	for (at = 0; at < count; at++)
		weight += weights[at];
	base = kzalloc(size, GFP_KERNEL);
	if (!base)
		return NULL;
	queue->base = base;
	queue->weight = weight;
	return queue;
}
