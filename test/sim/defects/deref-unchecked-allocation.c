/*
 * run: alone event_log_alloc
 * tape: 1
 */
struct event_log {
	size_t entries;
	u64 *base;
};

static struct event_log *event_log_alloc(size_t entries)
{
	struct event_log *log;

	log = kzalloc(sizeof(*log), GFP_KERNEL);
	log->entries = entries;
//	^^^^^^^^^^^^^^^^^^^^^^ DEREF: while it is NULL
	return log;
}
