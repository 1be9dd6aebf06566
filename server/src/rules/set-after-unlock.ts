/** What goes with a pointer that says that all is ready is set after the lock was given back. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const setAfterUnlock = defineRule({
  id: 'set-after-unlock',
  classes: ['missing-lock'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'What goes with a pointer that tells others that an object is ready is set after the lock of the object was given back.',
  why: 'Whoever waited for the lock finds the object ready and uses what is not set yet.',
  remedy: 'Set it before the lock is given back.',
  source: 'drivers/iommu/arm/arm-smmu/qcom_iommu.c:qcom_iommu_init_domain (6.1)',
  bad: [
    {
      title: 'published when the lock is gone',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; void *table; struct list_head bonds; };
struct toy_ops { int (*open)(struct toy *toy); void (*close)(struct toy *toy); };

int toy_start(struct toy *toy, struct bond *bond)
{
	void *table = NULL;

	mutex_lock(&toy->lock);
	if (toy->bond)
		goto unlock;
	table = kzalloc(64, GFP_KERNEL);
	if (!table)
		goto unlock;
	toy->bond = bond;
	mutex_unlock(&toy->lock);
	toy->table = table;
//      ^^^^^^^^^^^^^^^^^^ set-after-unlock: after it gave back
	return 0;

unlock:
	mutex_unlock(&toy->lock);
	return toy->bond ? 0 : -ENOMEM;
}`,
    },
  ],
  good: [
    {
      title: 'published under the lock',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; void *table; struct list_head bonds; };
struct toy_ops { int (*open)(struct toy *toy); void (*close)(struct toy *toy); };

int toy_start(struct toy *toy, struct bond *bond)
{
	void *table = NULL;

	mutex_lock(&toy->lock);
	if (toy->bond)
		goto unlock;
	table = kzalloc(64, GFP_KERNEL);
	if (!table)
		goto unlock;
	toy->bond = bond;
	toy->table = table;
	mutex_unlock(&toy->lock);
	return 0;

unlock:
	mutex_unlock(&toy->lock);
	return toy->bond ? 0 : -ENOMEM;
}`,
    },
  ],
  check: (input) => breachesOf(input, ['LATESET'], 'Set it before the lock is given back.', 'info'),
});
