/*
 * setup: attach_world
 * tasks: free_domain
 * teardown: release_world
 * tape: -
 */
struct paging_domain {
	u64 *pgd;
};

struct endpoint {
	struct paging_domain *domain;
	bool is_blocked;
};

static struct endpoint *endpoint;

static void attach_world(void)
{
	struct paging_domain *domain;

	endpoint = kzalloc(sizeof(*endpoint), GFP_KERNEL);
	if (!endpoint)
		return;
	domain = kzalloc(sizeof(*domain), GFP_KERNEL);
	if (!domain)
		return;
	endpoint->domain = domain;
}

static void free_domain(void)
{
	struct paging_domain *domain;

	if (!endpoint)
		return;
	domain = endpoint->domain;
	endpoint->is_blocked = true;
	kfree(domain);
//	^^^^^^^^^^^^^ STALE: `domain` of the endpoint
}

static void release_world(void)
{
	if (endpoint && endpoint->is_blocked)
		endpoint->is_blocked = false;
}
