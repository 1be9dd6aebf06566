/*
 * setup: setup_world
 * tasks: handle_fault, unbind
 * teardown: close_world
 */
struct sva_handle {
	refcount_t users;
	u32 faults;
};

static DEFINE_XARRAY(handles);
static DEFINE_MUTEX(handles_lock);

static void setup_world(void)
{
	struct sva_handle *handle;

	handle = kzalloc(sizeof(*handle), GFP_KERNEL);
	if (!handle)
		return;
	refcount_set(&handle->users, 1);
	if (xa_insert(&handles, 1, handle, GFP_KERNEL))
		kfree(handle);
}

static void put_handle(struct sva_handle *handle)
{
	if (refcount_dec_and_test(&handle->users))
		kfree(handle);
}

static void handle_fault(void)
{
	struct sva_handle *handle;

	mutex_lock(&handles_lock);
	handle = xa_load(&handles, 1);
	if (handle)
		refcount_inc(&handle->users);
	mutex_unlock(&handles_lock);
	if (!handle)
		return;
	WRITE_ONCE(handle->faults, 1);
	put_handle(handle);
}

static void unbind(void)
{
	struct sva_handle *handle;

	mutex_lock(&handles_lock);
	handle = xa_erase(&handles, 1);
	mutex_unlock(&handles_lock);
	if (handle)
		put_handle(handle);
}

static void close_world(void)
{
	xa_destroy(&handles);
}
