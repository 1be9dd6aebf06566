/** A list node is added twice, deleted twice, or a cursor is used where it is no element. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const listCorruption = defineRule({
  id: 'list-corruption',
  classes: ['use-before-check-or-init'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A list node is added twice, deleted twice, or a cursor is used where it is no element.',
  why: 'Nodes are part of their objects: added to a second list, a node tears the first one; deleted while the walk stands on it, it leads the walk astray; after the loop a cursor is computed from the head and points to no element.',
  remedy:
    'Delete before adding elsewhere, walk with the _safe form when elements go, and remember the element that was found.',
  source: 'include/linux/list.h (6.12), CONFIG_DEBUG_LIST',
  bad: [
    {
      title: 'the walk deletes what it stands on',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

void toy_drain(struct toy *toy)
{
	struct bond *bond;

	list_for_each_entry(bond, &toy->bonds, node)
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ list-corruption: deleted from its list
		list_del(&bond->node);
}`,
    },
  ],
  good: [
    {
      title: 'the safe walk',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

void toy_drain(struct toy *toy)
{
	struct bond *bond, *next;

	list_for_each_entry_safe(bond, next, &toy->bonds, node)
		list_del(&bond->node);
}`,
    },
  ],
  check: (input) => breachesOf(input, ['LIST'], 'See which list the node is on.'),
});
