/** A reference on something that may be on its way out. */
import { defineRule } from './rule.js';

export const countRaisedFromZero = defineRule({
  id: 'count-raised-from-zero',
  classes: ['unreferenced-lookup', 'refcount'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'An object is looked up without a lock, and its count is raised as if it could not be zero.',
  why: 'Between the lookup and the increment the last reference may go; refcount_inc() on zero warns and saturates, kref_get() gives a pointer to freed memory.',
  remedy: 'refcount_inc_not_zero() under RCU, or the lock that removes the object around both.',
  source: 'include/linux/refcount.h:refcount_inc; Documentation/core-api/kref.rst',
  bad: [
    {
      title: 'found and counted',
      code: `
static DEFINE_XARRAY(toys);

int toy_hold(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (!toy)
		return -ENOENT;
	refcount_inc(&toy->users);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^ count-raised-from-zero: may have dropped
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'under the lock of the removal',
      code: `
static DEFINE_XARRAY(toys);
static DEFINE_MUTEX(toy_lock);

int toy_hold(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (toy)
		refcount_inc(&toy->users);
	mutex_unlock(&toy_lock);
	return toy ? 0 : -ENOENT;
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { lookup, spot, call, count } of fn.raisedCounts) {
        if (!isNew(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `No lock is held from ${lookup.call}() to ${call}(): \`${count}\` may have dropped to zero in between. Use refcount_inc_not_zero(), or the lock of the removal around both.`,
          related: [{ spot: lookup.spot, message: 'found here' }],
        };
      }
    }
  },
});
