/*
 * setup: open_world
 * tape: -
 */
struct retry_state {
	struct work_struct work;
	unsigned int left;
};

static struct retry_state retry;

static void stop_retrying(struct retry_state *state)
{
	state->left = 0;
	flush_work(&state->work);
//	^^^^^^^^^^^^^^^^^^^^^^^^ FLUSHDEAD: which is what runs here
}

static void retry_attach(struct work_struct *work)
{
	struct retry_state *state = container_of(work, struct retry_state, work);

	if (state->left == 1)
		stop_retrying(state);
}

static void open_world(void)
{
	retry.left = 1;
	INIT_WORK(&retry.work, retry_attach);
	schedule_work(&retry.work);
}
