/*
 * setup: open_queue
 * tasks: close_by_user, close_by_device
 */
struct event_queue {
	u32 *events;
	unsigned int depth;
};

static struct event_queue *shared_queue;
static DEFINE_SPINLOCK(queue_lock);

static void open_queue(void)
{
	shared_queue = kzalloc(sizeof(*shared_queue), GFP_KERNEL);
}

static struct event_queue *take_queue(void)
{
	struct event_queue *queue;

	spin_lock(&queue_lock);
	queue = shared_queue;
	shared_queue = NULL;
	spin_unlock(&queue_lock);
	return queue;
}

static void close_queue(void)
{
	struct event_queue *queue = take_queue();

	kfree(queue);
}

static void close_by_user(void)
{
	close_queue();
}

static void close_by_device(void)
{
	close_queue();
}
