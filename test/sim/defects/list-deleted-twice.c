/*
 * setup: open_world
 * tasks: close_access
 * tape: -
 */
struct access {
	struct list_head link;
	bool is_dying;
};

static LIST_HEAD(accesses);

static void open_world(void)
{
	struct access *access;

	access = kzalloc(sizeof(*access), GFP_KERNEL);
	if (access)
		list_add_tail(&access->link, &accesses);
}

static void unlink_access(struct access *access)
{
	list_del(&access->link);
//	^^^^^^^^^^^^^^^^^^^^^^^ LIST: deletes a node that was deleted before
}

static void close_access(void)
{
	struct access *access;

	access = list_first_entry_or_null(&accesses, struct access, link);
	if (!access)
		return;
	access->is_dying = true;
	list_del(&access->link);
	unlink_access(access);
	kfree(access);
}
