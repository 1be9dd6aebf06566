/*
 * setup: open_world
 * tasks: attach_paging, attach_blocked
 * tape: -
 */
struct domain_ops {
	int (*attach)(u32 pasid);
	void (*free)(u32 pasid);
};

struct op_domain {
	const struct domain_ops *ops;
};

static u32 last_freed;

static int attach_any(u32 pasid)
{
	return pasid > 15 ? -ERANGE : 0;
}

static void free_paging(u32 pasid)
{
	WRITE_ONCE(last_freed, pasid);
}

static const struct domain_ops paging_ops = {
	.attach = attach_any,
	.free = free_paging,
};

static const struct domain_ops blocked_ops = {
	.attach = attach_any,
};

static struct op_domain paging = { .ops = &paging_ops };
static struct op_domain blocked = { .ops = &blocked_ops };

static void open_world(void)
{
	last_freed = 0;
}

static void attach_and_free(const struct op_domain *domain)
{
	if (domain->ops->attach(1))
		return;
	domain->ops->free(1);
//	^^^^^^^^^^^^^^^^^^^^ DEREF: through a pointer that is NULL
}

static void attach_paging(void)
{
	attach_and_free(&paging);
}

static void attach_blocked(void)
{
	attach_and_free(&blocked);
}
