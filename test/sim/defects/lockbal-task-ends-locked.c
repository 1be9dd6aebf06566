/*
 * setup: open_world
 * tasks: first_attach, second_attach
 * tape: -
 */
struct dart_domain {
	struct mutex lock;
	unsigned int streams;
};

static struct dart_domain dart_domain;

static void open_world(void)
{
	mutex_init(&dart_domain.lock);
}

static void attach_stream(void)
{
	mutex_lock(&dart_domain.lock);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LOCKBAL: still holds
	if (dart_domain.streams == 1)
		return;
	dart_domain.streams++;
	mutex_unlock(&dart_domain.lock);
}

static void first_attach(void)
{
	attach_stream();
}

static void second_attach(void)
{
	attach_stream();
}
