/*
 * run: alone note_bonds
 * tape: 0.0.1
 */
struct bond {
	u32 users;
};

/* for_each_bond() is a macro that nobody here can see: it may write any variable that it is given. */
static int note_bonds(struct device *dev)
{
	struct bond *first = kzalloc(sizeof(*first), GFP_KERNEL);
//			     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: never freed
	struct bond *each;

	if (!first)
		return -ENOMEM;
	for_each_bond(each, dev) {
		each->users++;
		if (each->users > 8)
			return -EBUSY;
	}
	kfree(first);
	return 0;
}
