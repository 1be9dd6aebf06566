/*
 * setup: open_world
 * tasks: close_world
 * tape: -
 */
struct fault_queue {
	struct workqueue_struct *wq;
	struct work_struct work;
	struct mutex lock;
	unsigned int handled;
};

static struct fault_queue faults;

static void handle_fault(struct work_struct *work)
{
	struct fault_queue *queue = container_of(work, struct fault_queue, work);

	guard(mutex)(&queue->lock);
	queue->handled++;
}

static void open_world(void)
{
	mutex_init(&faults.lock);
	INIT_WORK(&faults.work, handle_fault);
	faults.wq = alloc_workqueue("faults", 0, 1);
	if (faults.wq)
		queue_work(faults.wq, &faults.work);
}

static void close_world(void)
{
	guard(mutex)(&faults.lock);

	if (!faults.wq)
		return;
	destroy_workqueue(faults.wq);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^ FLUSHDEAD: waits for all work forever
	faults.wq = NULL;
}
