/*
 * run: alone hwpt_set_dirty
 */
struct hwpt {
	spinlock_t lock;
	bool is_tracking;
	unsigned int changes;
};

static int hwpt_set_dirty(struct hwpt *hwpt, bool enable)
{
	guard(spinlock)(&hwpt->lock);
	if (hwpt->is_tracking == enable)
		return 0;
	hwpt->is_tracking = enable;
	hwpt->changes++;
	return 0;
}
