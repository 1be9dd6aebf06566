/*
 * run: alone veventq_alloc
 */
struct veventq {
	struct mutex lock;
	struct list_head deliver;
	unsigned int depth;
};

static struct veventq *veventq_alloc(unsigned int depth)
{
	struct veventq *queue;

	queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	if (!queue)
		return ERR_PTR(-ENOMEM);
	INIT_LIST_HEAD(&queue->deliver);
	mutex_init(&queue->lock);
	scoped_guard(mutex, &queue->lock) {
		queue->depth = depth;
	}
	return queue;
}
