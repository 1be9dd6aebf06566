/** A reference is taken on an object whose count is zero, or put once more than it was taken. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const deadReference = defineRule({
  id: 'dead-reference',
  classes: ['refcount', 'use-after-free'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A reference is taken on an object whose count is zero, or put once more than it was taken.',
  why: 'At zero the last owner has begun to free the object. A reference that is taken then protects nothing; one put too many frees it under somebody else.',
  remedy: 'Set the count where the object is made, and put each reference once.',
  source: 'Documentation/core-api/refcount-vs-atomic.rst (6.12)',
  bad: [
    {
      title: 'counted before the count is set',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

struct bond *toy_bond(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	if (!bond)
		return NULL;
	refcount_inc(&bond->users);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^ dead-reference: count is zero
	toy->bond = bond;
	return bond;
}`,
    },
  ],
  good: [
    {
      title: 'set, not counted',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

struct bond *toy_bond(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	if (!bond)
		return NULL;
	refcount_set(&bond->users, 1);
	toy->bond = bond;
	return bond;
}`,
    },
  ],
  check: (input) =>
    breachesOf(
      input,
      ['R01', 'RNEG'],
      'Set the count where the object is made, and put each reference once.',
    ),
});
