/*
 * run: alone bind_mm
 */
struct unit_bond {
	void *queue;
};

struct unit_mm {
	spinlock_t lock;
	struct unit_bond *bond;
	void *notifier;
};

static int bind_mm(struct unit_mm *mm, struct unit_bond *bond, void *notifier)
{
	spin_lock(&mm->lock);
	if (mm->bond) {
		spin_unlock(&mm->lock);
		return -EBUSY;
	}
	mm->bond = bond;
	spin_unlock(&mm->lock);

	/* Readers look at the notifier only when it is there. */
	smp_store_release(&mm->notifier, notifier);
	return 0;
}
