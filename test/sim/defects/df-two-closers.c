/*
 * setup: open_queue
 * tasks: close_by_user, close_by_device
 * tape: 0.0.0.0.1
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

static struct event_queue *current_queue(void)
{
	struct event_queue *queue;

	spin_lock(&queue_lock);
	queue = shared_queue;
	spin_unlock(&queue_lock);
	return queue;
}

static void forget_queue(void)
{
	spin_lock(&queue_lock);
	shared_queue = NULL;
	spin_unlock(&queue_lock);
}

static void close_queue(void)
{
	struct event_queue *queue = current_queue();

	forget_queue();
	kfree(queue);
//	^^^^^^^^^^^^ DF: a second time
}

static void close_by_user(void)
{
	close_queue();
}

static void close_by_device(void)
{
	close_queue();
}
