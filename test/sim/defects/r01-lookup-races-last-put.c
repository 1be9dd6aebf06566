/*
 * setup: create_ioasid
 * tasks: find_ioasid, drop_ioasid
 * teardown: forget_all
 * tape: 0.0.1.0.0.0.1
 */
struct ioasid_data {
	refcount_t users;
	u32 pasid;
};

static DEFINE_XARRAY(ioasids);
static DEFINE_MUTEX(ioasid_lock);

static void create_ioasid(void)
{
	struct ioasid_data *data;

	data = kzalloc(sizeof(*data), GFP_KERNEL);
	if (!data)
		return;
	refcount_set(&data->users, 1);
	if (xa_insert(&ioasids, 5, data, GFP_KERNEL))
		kfree(data);
}

static void put_ioasid(struct ioasid_data *data)
{
	if (!refcount_dec_and_test(&data->users))
		return;
	mutex_lock(&ioasid_lock);
	xa_erase(&ioasids, 5);
	mutex_unlock(&ioasid_lock);
	kfree(data);
}

static void find_ioasid(void)
{
	struct ioasid_data *data;

	mutex_lock(&ioasid_lock);
	data = xa_load(&ioasids, 5);
	if (data)
		refcount_inc(&data->users);
//		^^^^^^^^^^^^^^^^^^^^^^^^^^ R01: takes a reference on the ioasid_data `data`, whose count is zero
	mutex_unlock(&ioasid_lock);
	if (data)
		put_ioasid(data);
}

static struct ioasid_data *owned_ioasid(void)
{
	guard(mutex)(&ioasid_lock);
	return xa_load(&ioasids, 5);
}

static void drop_ioasid(void)
{
	struct ioasid_data *data = owned_ioasid();

	if (data)
		put_ioasid(data);
}

static void forget_all(void)
{
	WARN_ON(!xa_empty(&ioasids));
}
