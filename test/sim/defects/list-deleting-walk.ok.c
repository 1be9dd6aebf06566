/*
 * setup: open_world
 * teardown: retire_all
 */
struct cached_iova {
	struct list_head link;
	struct list_head retired;
	u64 pfn;
};

static LIST_HEAD(cached);
static struct cached_iova slots[2];
static unsigned int retired_count;

static void open_world(void)
{
	list_add_tail(&slots[0].link, &cached);
	list_add_tail(&slots[1].link, &cached);
}

static void retire_all(void)
{
	struct cached_iova *iova, *next;

	list_for_each_entry_safe(iova, next, &cached, link) {
		list_del(&iova->link);
		retired_count++;
	}
}
