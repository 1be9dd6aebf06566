/*
 * run: alone open_both
 * tape: 0.1
 */
struct unit {
	struct device *dev;
	u32 id;
};

/* What this forgets it is told of; what it took for its caller before is the caller's. */
static int unit_open(struct unit *unit, u32 most)
{
	get_device(unit->dev);
	if (unit->id > most)
		return -EINVAL;
	return 0;
}

static int open_both(struct unit *one, struct unit *other, u32 most)
{
	int ret;

	ret = unit_open(one, most);
//	      ^^^^^^^^^^^^^^^^^^^^ REFLEAK: without putting it
	if (ret)
		return ret;
	ret = unit_open(other, most);
	if (ret)
		return ret;
	put_device(other->dev);
	put_device(one->dev);
	return 0;
}
