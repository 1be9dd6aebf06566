/** A page fault waits for the mutex of a group. */
import type { Spot } from '../iommu/index.js';
import { odditiesIn } from './oddities.js';
import { defineRule, type RuleInput } from './rule.js';

/** A patch that adds a lookup which nobody calls yet. */
const PREPARED = (isBad: boolean): string => `
+struct iommu_group { struct mutex mutex; struct xarray pasid_array; };
+
+void *toy_get_domain(struct iommu_group *group, int pasid)
+{
+	void *domain;
+
+	mutex_lock(&group->mutex);${
  isBad ? '\n+//      ^^^^^^^^^^^^^^^^^^^^^^^^^ group-lock-in-fault-path: Will page faults' : ''
}
+	domain = xa_load(&group->pasid_array, pasid);
+	mutex_unlock(&group->mutex);
+	return domain;
+}`;

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
    {
      title: 'the comment says for whom',
      code: `
struct iommu_group { struct mutex mutex; struct xarray pasid_array; };

/*
 * Gets the domain of a PASID, for the handling of page faults.
 */
void *toy_get_domain(struct iommu_group *group, int pasid)
{
	void *domain;

	mutex_lock(&group->mutex);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^ group-lock-in-fault-path: page faults
	domain = xa_load(&group->pasid_array, pasid);
	mutex_unlock(&group->mutex);
	return domain;
}`,
    },
    {
      title: 'the subject says for whom',
      form: 'patch',
      subject: 'iommu/toy: Prepare for IOPF',
      code: PREPARED(true),
    },
  ],
  good: [
    {
      title: 'a lookup of whoever',
      form: 'patch',
      subject: 'iommu/toy: Look up domains by PASID',
      code: PREPARED(false),
    },
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
    odditiesIn(input, 'lock-in-fault-path', ({ subject, other, spot }) => {
      if (other !== '')
        return `${other}() is on the way of page faults, and ${subject} is held while unbind waits for them: deadlock. Look up under RCU, or flush without it.`;
      if (!isAboutFaults(input, spot)) return null;
      return `Will page faults look up by this? ${subject} is held while unbind waits for them: deadlock. Look up under RCU, or flush without it.`;
    }),
});

/** Whether the subject of the patch that a place belongs to is of page faults. */
function isAboutFaults({ series }: RuleInput, { unit }: Spot): boolean {
  const patch = series.patches.find(({ number }) => number === unit.patch);
  return /\b(?:page[- ](?:faults?|requests?)|iopf|pri)\b/i.test(patch?.message.subject?.title ?? '');
}
