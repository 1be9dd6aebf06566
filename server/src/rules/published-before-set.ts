/** An object is put where others find it before its fields are set. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const publishedBeforeSet = defineRule({
  id: 'published-before-set',
  classes: ['use-before-check-or-init'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'An object is put on a list or into an xarray, and a field of it is set afterwards, with no lock over the two.',
  why: 'Whoever walks the list in between finds the object half made.',
  remedy: 'Set everything first and publish last, or hold the lock until all is set.',
  source: 'Documentation/RCU/listRCU.rst, Documentation/core-api/xarray.rst (6.12)',
  bad: [
    {
      title: 'set after the lock is given back',
      code: `
struct bond { int id; struct list_head node; };
struct toy { spinlock_t lock; struct list_head bonds; };

void toy_add(struct toy *toy, struct bond *bond)
{
	spin_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	spin_unlock(&toy->lock);
	bond->id = 1;
//      ^^^^^^^^^^^^ published-before-set: is set after
}`,
    },
  ],
  good: [
    {
      title: 'set first',
      code: `
struct bond { int id; struct list_head node; };
struct toy { spinlock_t lock; struct list_head bonds; };

void toy_add(struct toy *toy, struct bond *bond)
{
	bond->id = 1;
	spin_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	spin_unlock(&toy->lock);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'published-early',
      ({ subject }) =>
        `${subject} is set after others can find the object, which no lock keeps from them. Set it before it is published?`,
    ),
});
