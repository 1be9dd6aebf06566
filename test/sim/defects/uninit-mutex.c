/*
 * run: alone veventq_alloc
 * tape: -
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
	scoped_guard(mutex, &queue->lock) {
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UNINIT: before it is initialised
		queue->depth = depth;
	}
	return queue;
}
