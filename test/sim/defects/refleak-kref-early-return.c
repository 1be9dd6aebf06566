/*
 * run: alone ioas_copy_access
 * tape: 0.1
 */
struct ioas {
	struct kref users;
	unsigned int accesses;
	bool is_dead;
};

static void ioas_release(struct kref *users)
{
	kfree(container_of(users, struct ioas, users));
}

static int ioas_copy_access(struct ioas *ioas, unsigned int most)
{
	int ret = 0;

	kref_get(&ioas->users);
//	^^^^^^^^^^^^^^^^^^^^^^ REFLEAK: without putting it on this path
	if (READ_ONCE(ioas->is_dead)) {
		ret = -ENODEV;
		goto out_put;
	}
	if (ioas->accesses >= most)
		return -EBUSY;
	ioas->accesses++;

out_put:
	kref_put(&ioas->users, ioas_release);
	return ret;
}
