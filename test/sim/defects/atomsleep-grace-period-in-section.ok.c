/*
 * run: alone replace_fault_param
 */
struct iopf_param {
	struct rcu_head rcu;
	u32 users;
};

struct iopf_device {
	struct iopf_param *param;
	u32 sequence;
};

static struct iopf_param *swap_param(struct iopf_device *device, struct iopf_param *param)
{
	struct iopf_param *old = device->param;

	device->param = param;
	return old;
}

static void replace_fault_param(struct iopf_device *device, struct iopf_param *param)
{
	struct iopf_param *old;

	guard(rcu)();
	old = swap_param(device, param);
	device->sequence++;
	kfree_rcu(old, rcu);
}
