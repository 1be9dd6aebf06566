/*
 * setup: open_world
 * tasks: enable_ats, enable_pri
 */
struct dev_flags {
	spinlock_t lock;
	u8 ats_enabled : 1;
	u8 pri_enabled : 1;
};

static struct dev_flags dev_flags;

static void open_world(void)
{
	spin_lock_init(&dev_flags.lock);
}

static void enable_ats(void)
{
	guard(spinlock)(&dev_flags.lock);
	dev_flags.ats_enabled = 1;
}

static void enable_pri(void)
{
	guard(spinlock)(&dev_flags.lock);
	dev_flags.pri_enabled = 1;
}
