/*
 * setup: fill_queue
 * teardown: drain_queue
 * tape: -
 */
struct prq_event {
	u32 pasid;
	struct list_head link;
};

static LIST_HEAD(prq_events);

static void fill_queue(void)
{
	struct prq_event *event;
	u32 pasid;

	for (pasid = 1; pasid <= 2; pasid++) {
		event = kzalloc(sizeof(*event), GFP_KERNEL);
		if (!event)
			return;
		event->pasid = pasid;
		list_add_tail(&event->link, &prq_events);
	}
}

static void drain_queue(void)
{
	struct prq_event *event;

	list_for_each_entry(event, &prq_events, link)
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UAF: after it was freed
		kfree(event);
	INIT_LIST_HEAD(&prq_events);
}
