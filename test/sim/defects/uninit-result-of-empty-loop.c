/*
 * run: alone replay_mappings
 * confidence: possible
 * tape: 1
 */
struct mapping {
	struct list_head link;
	u64 iova;
};

int map_again(u64 iova);
void forget_mappings(int error);

static int replay_mappings(struct list_head *mappings)
{
	struct mapping *mapping;
	int ret;

	list_for_each_entry(mapping, mappings, link) {
		ret = map_again(mapping->iova);
		if (ret)
			break;
	}
	if (ret)
//	    ^^^ UNINIT: decides by `ret`, which nobody has set
		forget_mappings(ret);
	return ret;
}
