/*
 * tasks: use_handles
 */
struct handle {
	int pasid;
};

static DEFINE_XARRAY(handles);

static int attach(struct handle *handle)
{
	void *before;

	before = xa_store(&handles, 1, handle, GFP_KERNEL);
	return xa_err(before);
}

static void change(void)
{
	struct handle *before = xa_load(&handles, 1);
	struct handle *handle = kzalloc(sizeof(*handle), GFP_KERNEL);

	if (!handle)
		return;
	if (attach(handle))
		kfree(handle);
	else
		kfree(before);
}

static void use_handles(void)
{
	change();
	change();
	kfree(xa_erase(&handles, 1));
}
