/*
 * setup: open_world
 * tasks: bind_first, bind_second
 * tape: 1, -
 */
struct counted_domain {
	struct mutex lock;
	unsigned int users;
};

static struct counted_domain counted;

static void open_world(void)
{
	mutex_init(&counted.lock);
}

static void bind_first(void)
{
	scoped_guard(mutex, &counted.lock)
		counted.users++;
//		^^^^^^^^^^^^^^^ OVERLAP: nothing orders the two
}

static void bind_second(void)
{
	counted.users++;
//	^^^^^^^^^^^^^^^ OVERLAP: nothing orders the two
}
