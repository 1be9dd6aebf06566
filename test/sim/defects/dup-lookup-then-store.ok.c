/*
 * setup: open_world
 * tasks: attach_first, attach_second
 * teardown: close_world
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

	guard(mutex)(&infos_lock);
	if (xa_load(&infos, 0))
		return;
	info = kzalloc(sizeof(*info), GFP_KERNEL);
	if (!info)
		return;
	info->did = 2;
	if (xa_err(xa_store(&infos, 0, info, GFP_KERNEL)))
		kfree(info);
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
