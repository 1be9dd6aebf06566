/*
 * setup: open_world
 * tasks: first_attach, second_attach
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
	if (dart_domain.streams == 1) {
		mutex_unlock(&dart_domain.lock);
		return;
	}
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
