/*
 * run: alone ioas_copy_access
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
	if (READ_ONCE(ioas->is_dead)) {
		ret = -ENODEV;
		goto out_put;
	}
	if (ioas->accesses >= most) {
		ret = -EBUSY;
		goto out_put;
	}
	ioas->accesses++;

out_put:
	kref_put(&ioas->users, ioas_release);
	return ret;
}
