/*
 * setup: open_world
 * tasks: raise_fault
 * teardown: close_world
 */
struct stall_state {
	struct work_struct work;
	u32 reason;
	u32 resumed;
};

static struct stall_state stall;

static void resume_stalled(struct work_struct *work)
{
	struct stall_state *state = container_of(work, struct stall_state, work);

	state->resumed = state->reason;
}

static void open_world(void)
{
	INIT_WORK(&stall.work, resume_stalled);
}

static void raise_fault(void)
{
	stall.reason = 2;
	schedule_work(&stall.work);
}

static void close_world(void)
{
	flush_work(&stall.work);
}
