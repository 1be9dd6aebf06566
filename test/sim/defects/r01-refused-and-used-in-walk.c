/*
 * setup: fill
 * tasks: pick, retire
 * teardown: empty
 * tape: 0.1
 */
struct candidate {
	struct list_head item;
	refcount_t users;
	int picked;
};

static LIST_HEAD(candidates);
static DEFINE_MUTEX(lock);
static struct candidate one, other;

static void fill(void)
{
	refcount_set(&one.users, 1);
	refcount_set(&other.users, 1);
	list_add_tail(&one.item, &candidates);
	list_add_tail(&other.item, &candidates);
}

static bool get(struct candidate *candidate)
{
	return refcount_inc_not_zero(&candidate->users);
}

static void pick(void)
{
	struct candidate *candidate;

	mutex_lock(&lock);
	list_for_each_entry(candidate, &candidates, item) {
		if (!get(candidate))
			candidate->picked = 0;
//			^^^^^^^^^^^^^^^^^^^^^ R01: although no reference could be got
		else
			WARN_ON(refcount_dec_and_test(&candidate->users));
	}
	mutex_unlock(&lock);
}

/* It goes off the list only under the lock: until then others pass it by. */
static void retire(void)
{
	if (!refcount_dec_if_one(&one.users))
		return;
	mutex_lock(&lock);
	list_del_init(&one.item);
	mutex_unlock(&lock);
}

static void empty(void)
{
	list_del_init(&other.item);
	if (!list_empty(&one.item))
		list_del_init(&one.item);
}
