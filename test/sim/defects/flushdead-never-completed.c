/*
 * setup: open_world
 * tasks: detach_device, drain_thread
 * tape: -
 */
struct drain_request {
	struct completion drained;
	spinlock_t lock;
	bool is_stopped;
};

static struct drain_request drain;

static void open_world(void)
{
	init_completion(&drain.drained);
	spin_lock_init(&drain.lock);
}

static void detach_device(void)
{
	spin_lock(&drain.lock);
	drain.is_stopped = true;
	spin_unlock(&drain.lock);
	wait_for_completion(&drain.drained);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ FLUSHDEAD: forever
}

static void drain_thread(void)
{
	bool is_stopped;

	spin_lock(&drain.lock);
	is_stopped = drain.is_stopped;
	spin_unlock(&drain.lock);
	if (is_stopped)
		return;
	complete(&drain.drained);
}
