/*
 * run: alone hwpt_set_dirty
 * tape: -
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
	spin_lock(&hwpt->lock);
//	^^^^^^^^^^^^^^^^^^^^^^ SELFDEAD: takes `hwpt->lock` while it holds it
	hwpt->changes++;
	spin_unlock(&hwpt->lock);
	return 0;
}
