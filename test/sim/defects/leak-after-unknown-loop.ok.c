/*
 * run: alone note_bonds
 */
struct bond {
	u32 users;
};

static int note_bonds(struct device *dev)
{
	struct bond *first = kzalloc(sizeof(*first), GFP_KERNEL);
	struct bond *each;
	u32 users = 0;

	if (!first)
		return -ENOMEM;
	for_each_bond(each, first, dev) {
		each->users++;
		users += each->users;
		if (each->users > 8)
			return -EBUSY;
	}
	if (users)
		pr_info("%u bonds\n", users);
	kfree(first);
	return 0;
}
