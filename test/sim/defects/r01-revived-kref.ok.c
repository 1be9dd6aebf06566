/*
 * setup: make_domain
 * tasks: first_user
 */
struct shared_domain {
	struct kref users;
	struct work_struct free_work;
};

static struct shared_domain sva_domain;
static bool is_torn_down;

static void shared_domain_release(struct kref *users)
{
	is_torn_down = true;
}

static void make_domain(void)
{
	kref_init(&sva_domain.users);
}

static void first_user(void)
{
	kref_put(&sva_domain.users, shared_domain_release);
	if (is_torn_down)
		kref_init(&sva_domain.users);
}
