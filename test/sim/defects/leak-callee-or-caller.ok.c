/*
 * run: alone init_all
 */
struct unit {
	u32 id;
};

/* What this loses it is told of; its callers are not. */
static int check_unit(int id)
{
	struct unit *unit = kzalloc(sizeof(*unit), GFP_KERNEL);

	if (!unit)
		return -ENOMEM;
	if (id > 8)
		return -EINVAL;
	kfree(unit);
	return 0;
}

static int init_all(int id)
{
	return check_unit(id);
}
