/*
 * setup: open_world
 * tasks: setup_default
 * teardown: close_world
 */
struct dma_domain {
	unsigned int type;
};

static struct dma_domain *default_domain;

static void open_world(void)
{
	default_domain = kzalloc(sizeof(*default_domain), GFP_KERNEL);
}

static void setup_default(void)
{
	struct dma_domain *domain;

	domain = kzalloc(sizeof(*domain), GFP_KERNEL);
	if (!domain)
		return;
	domain->type = 3;
	kfree(default_domain);
	default_domain = domain;
}

static void close_world(void)
{
	kfree(default_domain);
	default_domain = NULL;
}
