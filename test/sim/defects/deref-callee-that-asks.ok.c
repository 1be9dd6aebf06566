/*
 * run: alone attach_all
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

/* That a callee is careful does not say that its caller passes NULL. */
static u32 attach_all(struct part *part)
{
	u32 wide = 0;

	if (is_wide(part))
		wide = 1;
	return wide + index_of(part);
}
