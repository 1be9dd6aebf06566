/*
 * run: alone widen_domain
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
	up_read(&domain->sem);
	down_write(&domain->sem);
	if (domain->levels < levels)
		domain->levels = levels;
	up_write(&domain->sem);
}
