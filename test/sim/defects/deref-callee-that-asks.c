/*
 * run: alone attach_all
 * tape: 1
 */
struct part {
	u32 index;
	u32 flags;
};

static bool is_wide(struct part *part)
{
	return part && part->flags;
}

static u32 index_of(struct part *part)
{
	return part->index;
}

/* Here it is the function itself that asks, and goes on. */
static u32 attach_all(struct part *part)
{
	u32 wide = 0;

	if (!part)
		wide = 2;
	if (is_wide(part))
		wide = 1;
	return wide + index_of(part);
//		      ^^^^^^^^^^^^^^ DEREF: while it is NULL
}
