/*
 * setup: open_world
 * tasks: claim_for_user, claim_for_kernel
 * teardown: close_world
 */
struct dma_owner {
	struct mutex mutex;
	unsigned int count;
	void *cookie;
};

static struct dma_owner dma_owner;
static int user_cookie;

static void open_world(void)
{
	mutex_init(&dma_owner.mutex);
}

static void claim_for_user(void)
{
	scoped_guard(mutex, &dma_owner.mutex) {
		if (dma_owner.count)
			return;
		dma_owner.cookie = &user_cookie;
		dma_owner.count++;
	}
}

static void claim_for_kernel(void)
{
	guard(mutex)(&dma_owner.mutex);
	if (dma_owner.count)
		return;
	WARN_ON_ONCE(dma_owner.cookie);
	dma_owner.count++;
}

static void close_world(void)
{
	guard(mutex)(&dma_owner.mutex);
	dma_owner.count = 0;
}
