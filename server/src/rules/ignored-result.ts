/** The result of a call that may fail in a way that matters is thrown away. Seen when the function is run. */
import { CONDITIONAL_GETS } from '../iommu/index.js';
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const ignoredResult = defineRule({
  id: 'ignored-result',
  classes: ['error-code', 'error-unwind'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'The result of a registration, an insertion or an allocation of an id is ignored.',
  why: 'Such calls fail when memory or ids run out, or when a slot is taken. Who goes on as if they had not will later take out what was never put in, or lose what was to be freed.',
  remedy: 'Test the result and undo what was done before.',
  source: 'include/linux/xarray.h:xa_insert, drivers/iommu/iommu.c:iommu_device_register (6.12)',
  bad: [
    {
      title: 'an insertion that may fail',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

void toy_add(struct xarray *toys, struct toy *toy)
{
	xa_insert(toys, toy->id, toy, GFP_KERNEL);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignored-result: is ignored
}`,
    },
  ],
  good: [
    {
      title: 'handed on',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_add(struct xarray *toys, struct toy *toy)
{
	return xa_insert(toys, toy->id, toy, GFP_KERNEL);
}`,
    },
  ],
  *check(input) {
    for (const objection of breachesOf(input, ['RIGN'], 'Test it and undo what was done before.')) {
      const { unit, span } = objection.at;
      const called = /^\w+/.exec(unit.image.text.slice(span.start, span.end))?.[0];
      // Conditional gets have a rule of their own, ignored-conditional-get, which says more.
      if (!called || !CONDITIONAL_GETS.has(called)) yield objection;
    }
  },
});
