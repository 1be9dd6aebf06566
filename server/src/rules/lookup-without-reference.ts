/** An object that is handed out when the lock that kept it is gone. */
import { defineRule } from './rule.js';

export const lookupWithoutReference = defineRule({
  id: 'lookup-without-reference',
  classes: ['unreferenced-lookup'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A function finds an object under a lock, gives the lock back and returns the object without a reference.',
  why: 'Whoever removes the object waits for the lock alone: the caller may be using it when it is freed.',
  remedy: 'Take a reference under the lock (refcount_inc_not_zero()), or have the caller hold the lock.',
  source:
    'Documentation/core-api/kref.rst; drivers/iommu/iommu.c:iommu_attach_handle_get (6.12) says what the caller has to hold',
  bad: [
    {
      title: 'found, unlocked, returned',
      code: `
static DEFINE_XARRAY(toys);
static DEFINE_MUTEX(toy_lock);

struct toy *toy_find(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
//            ^^^^^^^^^^^^^^^^^^ lookup-without-reference: keeps
	mutex_unlock(&toy_lock);
	return toy;
}`,
    },
  ],
  good: [
    {
      title: 'with a reference',
      code: `
static DEFINE_XARRAY(toys);
static DEFINE_MUTEX(toy_lock);

struct toy *toy_find(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (toy && !refcount_inc_not_zero(&toy->users))
		toy = NULL;
	mutex_unlock(&toy_lock);
	return toy;
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const found = fn.unreferenced.find(({ lookup, handedOut }) => isNew(lookup.spot) || isNew(handedOut));
      if (!found) continue;
      const { lookup, lock, handedOut } = found;
      const once =
        lock === null
          ? `after ${lookup.call}()`
          : `once ${lock === 'rcu_read_lock' ? 'the RCU read side' : `\`${lock}\``} is left`;
      yield {
        at: isNew(lookup.spot) ? lookup.spot : handedOut,
        function: fn.name,
        message: `What keeps \`${lookup.result}\` alive ${once}? ${fn.name}() hands it out without a reference. Take one under the lock of the removal, or have the caller hold that lock.`,
        related: [{ spot: handedOut, message: 'handed out here' }],
      };
    }
  },
});
