/*
 * setup: open_world
 * tasks: kick_worker
 * teardown: close_world
 */
struct dirty_tracker {
	spinlock_t lock;
	struct work_struct work;
	unsigned int pending;
};

static struct dirty_tracker tracker;

static void clear_pending(struct dirty_tracker *dirty)
{
	lockdep_assert_held(&dirty->lock);
	dirty->pending = 0;
}

static void sync_dirty(struct work_struct *work)
{
	struct dirty_tracker *dirty = container_of(work, struct dirty_tracker, work);

	guard(spinlock)(&dirty->lock);
	clear_pending(dirty);
}

static void open_world(void)
{
	spin_lock_init(&tracker.lock);
	INIT_WORK(&tracker.work, sync_dirty);
}

static void kick_worker(void)
{
	scoped_guard(spinlock, &tracker.lock)
		tracker.pending = 1;
	schedule_work(&tracker.work);
}

static void close_world(void)
{
	flush_work(&tracker.work);
}
