/*
 * run: alone track_domain
 * tape: -
 */
struct tracked_domain {
	struct list_head link;
	unsigned int users;
};

static int track_domain(struct list_head *active, struct list_head *idle, bool is_idle)
{
	struct tracked_domain *domain;

	domain = kzalloc(sizeof(*domain), GFP_KERNEL);
	if (!domain)
		return -ENOMEM;
	list_add(&domain->link, active);
	if (is_idle)
		list_add(&domain->link, idle);
//		^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LIST: which is on a list already
	return 0;
}
