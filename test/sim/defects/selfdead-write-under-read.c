/*
 * run: alone widen_domain
 * tape: -
 */
struct locked_domain {
	struct rw_semaphore sem;
	unsigned int levels;
};

static void widen_domain(struct locked_domain *domain, unsigned int levels)
{
	down_read(&domain->sem);
	if (domain->levels >= levels) {
		up_read(&domain->sem);
		return;
	}
	down_write(&domain->sem);
//	^^^^^^^^^^^^^^^^^^^^^^^^ SELFDEAD: takes `domain->sem` while it holds it
	domain->levels = levels;
	up_write(&domain->sem);
	up_read(&domain->sem);
}
