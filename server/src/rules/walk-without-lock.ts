/** A container is walked without the lock that everybody else holds. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const walkWithoutLock = defineRule({
  id: 'walk-without-lock',
  classes: ['missing-lock'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A list or xarray of an object is walked with no lock, where the rest of the file holds one for it.',
  why: 'An entry that is taken out and freed meanwhile is read.',
  remedy: 'Hold the same lock, or walk under RCU and say why that is enough.',
  source: 'Documentation/kernel-hacking/locking.rst (6.12)',
  bad: [
    {
      title: 'others hold it',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct mutex lock; struct list_head bonds; };

void toy_add(struct toy *toy, struct bond *bond)
{
	mutex_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	mutex_unlock(&toy->lock);
}

void toy_move(struct toy *toy, struct bond *bond)
{
	mutex_lock(&toy->lock);
	list_move(&bond->node, &toy->bonds);
	mutex_unlock(&toy->lock);
}

int toy_find(struct toy *toy, int id)
{
	struct bond *bond;

	list_for_each_entry(bond, &toy->bonds, node)
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ walk-without-lock: everybody else
		if (bond->id == id)
			return 1;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'held here as well',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct mutex lock; struct list_head bonds; };

void toy_add(struct toy *toy, struct bond *bond)
{
	mutex_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	mutex_unlock(&toy->lock);
}

int toy_find(struct toy *toy, int id)
{
	struct bond *bond;
	int found = 0;

	mutex_lock(&toy->lock);
	list_for_each_entry(bond, &toy->bonds, node)
		if (bond->id == id)
			found = 1;
	mutex_unlock(&toy->lock);
	return found;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'walk-without-lock',
      ({ subject, other }) =>
        `${subject} is walked without a lock, and everybody else holds ${other}. What keeps its entries from going away?`,
    ),
});
