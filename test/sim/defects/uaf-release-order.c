/*
 * run: alone iopf_queue_free
 * tape: -
 */
struct iopf_partial {
	struct list_head list;
	u32 grpid;
};

struct iopf_pending {
	struct list_head partial;
	u32 discarded;
};

static struct iopf_pending *iopf_pending_make(u32 grpid)
{
	struct iopf_pending *pending;
	struct iopf_partial *fault;

	pending = kzalloc(sizeof(*pending), GFP_KERNEL);
	if (!pending)
		return NULL;
	INIT_LIST_HEAD(&pending->partial);
	fault = kzalloc(sizeof(*fault), GFP_KERNEL);
	if (!fault) {
		kfree(pending);
		return NULL;
	}
	fault->grpid = grpid;
	list_add(&fault->list, &pending->partial);
	return pending;
}

static int iopf_queue_free(u32 grpid)
{
	struct iopf_partial *fault, *next;
	struct iopf_pending *pending;

	pending = iopf_pending_make(grpid);
	if (!pending)
		return -ENOMEM;
	list_for_each_entry_safe(fault, next, &pending->partial, list) {
		kfree(fault);
		list_del(&fault->list);
//		^^^^^^^^^^^^^^^^^^^^^^ UAF: after it was freed
	}
	kfree(pending);
	return 0;
}
