/*
 * setup: open_world
 * tasks: detach_one
 * teardown: close_world
 */
struct hw_domain {
	refcount_t attached;
	struct mutex lock;
};

static struct hw_domain *hw_domain;

static void open_world(void)
{
	hw_domain = kzalloc(sizeof(*hw_domain), GFP_KERNEL);
	if (!hw_domain)
		return;
	mutex_init(&hw_domain->lock);
	refcount_set(&hw_domain->attached, 1);
	refcount_inc(&hw_domain->attached);
}

static void detach_one(void)
{
	u32 *scratch;

	if (!hw_domain)
		return;
	scratch = kzalloc(64, GFP_KERNEL);
	refcount_dec(&hw_domain->attached);
	kfree(scratch);
}

static void close_world(void)
{
	if (!hw_domain)
		return;
	WARN_ON(refcount_read(&hw_domain->attached) != 1);
	kfree(hw_domain);
	hw_domain = NULL;
}
