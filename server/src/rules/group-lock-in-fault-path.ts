/** A page fault waits for the mutex of a group. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const groupLockInFaultPath = defineRule({
  id: 'group-lock-in-fault-path',
  classes: ['deadlock-sleep', 'needless-lock-hot-path'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'The handling of page faults takes group->mutex.',
  why: 'Unbind holds that mutex and waits until all page faults are answered: with one of them waiting for the mutex neither goes on.',
  remedy: 'Look up under RCU (xa_load()), or flush the fault queue without the mutex.',
  source:
    'drivers/iommu/io-pgfault.c:iopf_queue_flush_dev, drivers/iommu/iommu.c:iommu_attach_handle_get (6.12)',
  bad: [
    {
      title: 'a lookup for faults',
      code: `
struct iommu_group { struct mutex mutex; struct xarray pasid_array; };
struct iopf_group { int pasid; };

static void *toy_domain(struct iommu_group *group, int pasid)
{
	void *domain;

	mutex_lock(&group->mutex);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^ group-lock-in-fault-path: page faults
	domain = xa_load(&group->pasid_array, pasid) ? group : NULL;
	mutex_unlock(&group->mutex);
	return domain;
}

int toy_fault(struct iopf_group *faults, struct iommu_group *group)
{
	return toy_domain(group, faults->pasid) ? 0 : -ENODEV;
}`,
    },
  ],
  good: [
    {
      title: 'without the mutex',
      code: `
struct iommu_group { struct mutex mutex; struct xarray pasid_array; };
struct iopf_group { int pasid; };

static void *toy_domain(struct iommu_group *group, int pasid)
{
	return xa_load(&group->pasid_array, pasid) ? group : NULL;
}

int toy_fault(struct iopf_group *faults, struct iommu_group *group)
{
	return toy_domain(group, faults->pasid) ? 0 : -ENODEV;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'lock-in-fault-path',
      ({ subject, other }) =>
        `${other}() is on the way of page faults, and ${subject} is held while unbind waits for them: deadlock. Look up under RCU, or flush without it.`,
    ),
});
