/*
 * setup: open_world
 * tasks: disable_faults
 * tape: 0.0.1
 */
struct prq_state {
	struct mutex lock;
	struct work_struct work;
	unsigned int handled;
	bool is_enabled;
};

static struct prq_state prq;

static void handle_requests(struct work_struct *work)
{
	struct prq_state *state = container_of(work, struct prq_state, work);

	mutex_lock(&state->lock);
	state->handled++;
	mutex_unlock(&state->lock);
}

static void open_world(void)
{
	mutex_init(&prq.lock);
	INIT_WORK(&prq.work, handle_requests);
	prq.is_enabled = true;
	schedule_work(&prq.work);
}

static void disable_faults(void)
{
	mutex_lock(&prq.lock);
	prq.is_enabled = false;
	cancel_work_sync(&prq.work);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^ FLUSHDEAD: waits for its work forever
	mutex_unlock(&prq.lock);
}
