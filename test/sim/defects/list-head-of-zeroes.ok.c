/*
 * run: alone ioasid_set_alloc
 */
struct ioasid_set {
	struct list_head members;
	u32 quota;
};

struct ioasid_member {
	struct list_head node;
};

static struct ioasid_set *ioasid_set_alloc(struct ioasid_member *first, u32 quota)
{
	struct ioasid_set *set;

	set = kzalloc(sizeof(*set), GFP_KERNEL);
	if (!set)
		return NULL;
	set->quota = quota;
	INIT_LIST_HEAD(&set->members);
	list_add(&first->node, &set->members);
	return set;
}
