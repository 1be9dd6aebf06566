/*
 * setup: open_world
 * tasks: scan_devices, remove_device
 * tape: 0.0.0.0.0.1, 0.0.0.1
 */
struct rcu_device {
	struct list_head node;
	struct rcu_head rcu;
	u32 sid;
};

static LIST_HEAD(rcu_devices);
static struct rcu_device *only_device;
static u32 last_sid;

static void free_device_rcu(struct rcu_head *head)
{
	kfree(container_of(head, struct rcu_device, rcu));
}

static void open_world(void)
{
	struct rcu_device *device;

	device = kzalloc(sizeof(*device), GFP_KERNEL);
	if (!device)
		return;
	device->sid = 8;
	list_add_rcu(&device->node, &rcu_devices);
	only_device = device;
}

static void scan_devices(void)
{
	struct rcu_device *device;

	rcu_read_lock();
	list_for_each_entry_rcu(device, &rcu_devices, node)
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UAF: after it was freed
		WRITE_ONCE(last_sid, device->sid);
//				     ^^^^^^^^^^^ UAF: after it was freed
	rcu_read_unlock();
}

static void remove_device(void)
{
	struct rcu_device *device = only_device;

	if (!device)
		return;
	only_device = NULL;
	list_del_rcu(&device->node);
	kfree(device);
}
