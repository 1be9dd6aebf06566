/*
 * setup: open_world
 * tasks: attach_first, attach_second
 * teardown: close_world
 * tape: 0.0.1, 0.0.1
 */
struct domain_info {
	u16 did;
};

static DEFINE_XARRAY(infos);
static DEFINE_MUTEX(infos_lock);

static void open_world(void)
{
	xa_init(&infos);
}

static void attach_unit(void)
{
	struct domain_info *info;

	if (xa_load(&infos, 0))
		return;
	info = kzalloc(sizeof(*info), GFP_KERNEL);
//	       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed on this path
	if (!info)
		return;
	info->did = 2;
	mutex_lock(&infos_lock);
	xa_store(&infos, 0, info, GFP_KERNEL);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ DUP: which then nobody finds
	mutex_unlock(&infos_lock);
}

static void attach_first(void)
{
	attach_unit();
}

static void attach_second(void)
{
	attach_unit();
}

static void close_world(void)
{
	kfree(xa_erase(&infos, 0));
}
