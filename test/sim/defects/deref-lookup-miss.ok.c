/*
 * setup: open_world
 * tasks: answer_page_request, unbind
 */
struct iopf_target {
	u32 pasid;
	atomic_t pending;
};

static DEFINE_XARRAY(targets);
static struct iopf_target only_target;
static DEFINE_MUTEX(targets_lock);

static void open_world(void)
{
	only_target.pasid = 1;
	if (xa_err(xa_store(&targets, 1, &only_target, GFP_KERNEL)))
		pr_warn("no memory\n");
}

static void answer_page_request(void)
{
	struct iopf_target *target;

	scoped_guard(mutex, &targets_lock) {
		target = xa_load(&targets, 1);
		if (!target)
			return;
		atomic_inc(&target->pending);
	}
}

static void unbind(void)
{
	guard(mutex)(&targets_lock);
	xa_erase(&targets, 1);
}
