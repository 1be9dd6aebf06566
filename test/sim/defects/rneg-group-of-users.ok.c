/*
 * tasks: use_table
 */
struct table {
	refcount_t users;
	unsigned long sizes;
};

static void move_users(struct table *from, struct table *to, int users)
{
	refcount_add(users, &to->users);
	WARN_ON(refcount_sub_and_test(users, &from->users));
}

static void use_table(void)
{
	static struct table one, other;

	one.sizes = 0x201000;
	WARN_ON(1UL << __ffs(one.sizes) != 0x1000 || ilog2(one.sizes) != 21);
	WARN_ON(roundup_pow_of_two(one.sizes) != 0x400000 || is_power_of_2(one.sizes));
	refcount_set(&one.users, 3);
	refcount_set(&other.users, 1);
	move_users(&one, &other, 2);
	move_users(&one, &other, 0);
	WARN_ON(refcount_read(&other.users) != 3 || refcount_read(&one.users) != 1);
}
