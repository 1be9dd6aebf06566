/*
 * run: alone init_all
 * tape: 0.1
 */
struct unit {
	u32 id;
};

/* On failure the caller still has the unit: it is the caller who loses it. */
static int make_unit(struct unit **out, int id)
{
	struct unit *unit = kzalloc(sizeof(*unit), GFP_KERNEL);

	if (!unit)
		return -ENOMEM;
	*out = unit;
	return id > 8 ? -EINVAL : 0;
}

static int init_all(int id)
{
	struct unit *unit = NULL;
	int ret;

	ret = make_unit(&unit, id);
//	      ^^^^^^^^^^^^^^^^^^^^ LEAK: is never freed
	if (ret)
		return ret;
	kfree(unit);
	return 0;
}
