int guarded(struct thing *thing, int n)
{
	char *name __free(kfree) = kstrdup(thing->name, GFP_KERNEL);

	guard(mutex)(&thing->lock);
	while (n--) {
		guard(rcu)();
		if (n == 3)
			break;
		if (n == 4)
			continue;
		if (n == 5)
			goto out;
		scoped_guard(spinlock, &thing->spin) {
			if (n == 6)
				return 1;
		}
	}
	thing->owned = no_free_ptr(name);
out:
	return 0;
}
