/** A pointer is followed on a path on which it is NULL or an error pointer. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const nullDereference = defineRule({
  id: 'null-dereference',
  classes: ['null-deref', 'use-before-check-or-init'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A pointer is followed on a path on which it is NULL or an error pointer.',
  why: 'Allocations fail, lookups find nothing. A path on which that has happened, or on which the function itself has found the pointer to be NULL, must not follow it.',
  remedy: 'Test the result before it is used, by the test that its function asks for.',
  source: 'Documentation/core-api/memory-allocation.rst (6.12)',
  bad: [
    {
      title: 'the allocation is not checked',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_init(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	bond->id = 1;
//      ^^^^^^^^^^^^ null-dereference: while it is NULL
	toy->bond = bond;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'checked',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_init(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	if (!bond)
		return -ENOMEM;
	bond->id = 1;
	toy->bond = bond;
	return 0;
}`,
    },
  ],
  check: (input) => breachesOf(input, ['DEREF'], 'Test it before it is used.'),
});
