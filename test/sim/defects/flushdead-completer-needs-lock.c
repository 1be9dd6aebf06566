/*
 * setup: open_world
 * tasks: invalidate_and_wait, interrupt_thread
 * tape: -
 */
struct sync_command {
	struct mutex lock;
	struct completion done;
	u32 status;
};

static struct sync_command command;

static void open_world(void)
{
	mutex_init(&command.lock);
	init_completion(&command.done);
}

static void invalidate_and_wait(void)
{
	mutex_lock(&command.lock);
	command.status = 0;
	wait_for_completion(&command.done);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ FLUSHDEAD: forever
	mutex_unlock(&command.lock);
}

static void interrupt_thread(void)
{
	mutex_lock(&command.lock);
	command.status = 1;
	complete(&command.done);
	mutex_unlock(&command.lock);
}
