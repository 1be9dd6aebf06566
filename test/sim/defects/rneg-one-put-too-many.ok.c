/*
 * setup: open_world
 * tasks: unbind_device
 */
struct group_owner {
	refcount_t claims;
	bool is_free;
};

static struct group_owner owner;

static void open_world(void)
{
	refcount_set(&owner.claims, 1);
	refcount_inc(&owner.claims);
}

static void release_claim(void)
{
	if (refcount_dec_and_test(&owner.claims))
		owner.is_free = true;
}

static void unbind_device(void)
{
	release_claim();
	release_claim();
}
