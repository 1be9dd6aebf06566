/*
 * setup: open_world
 * tasks: raise_fault
 * teardown: close_world
 * tape: -, 1
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
//			 ^^^^^^^^^^^^^ OVERLAP: nothing orders the two
}

static void open_world(void)
{
	INIT_WORK(&stall.work, resume_stalled);
}

static void raise_fault(void)
{
	schedule_work(&stall.work);
	stall.reason = 2;
//	^^^^^^^^^^^^^^^^ OVERLAP: nothing orders the two
}

static void close_world(void)
{
	flush_work(&stall.work);
}
