/*
 * tasks: use_handles
 * tape: -, -
 */
struct handle {
	int pasid;
};

static DEFINE_XARRAY(handles);

static int attach(struct handle *handle)
{
	void *before;

	before = xa_store(&handles, 1, handle, GFP_KERNEL);
//		 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ DUP: which then nobody finds
	return xa_err(before);
}

static void change(void)
{
	struct handle *handle = kzalloc(sizeof(*handle), GFP_KERNEL);
//				^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed on this path

	if (!handle)
		return;
	if (attach(handle))
		kfree(handle);
}

static void use_handles(void)
{
	change();
	change();
	kfree(xa_erase(&handles, 1));
}
