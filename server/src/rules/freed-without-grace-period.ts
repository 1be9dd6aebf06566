/** What readers under RCU may still see is freed at once. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const freedWithoutGracePeriod = defineRule({
  id: 'freed-without-grace-period',
  classes: ['use-after-free'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'An object is taken off an RCU list and freed by plain kfree().',
  why: 'Readers that found it before go on reading it until their critical section ends.',
  remedy: 'Use kfree_rcu(), or synchronize_rcu() before.',
  source: 'Documentation/RCU/listRCU.rst (6.12)',
  bad: [
    {
      title: 'freed at once',
      code: `
struct bond { int id; struct list_head node; struct rcu_head rcu; };

void bond_drop(struct bond *bond)
{
	list_del_rcu(&bond->node);
	kfree(bond);
//      ^^^^^^^^^^^ freed-without-grace-period: readers
}`,
    },
  ],
  good: [
    {
      title: 'after a grace period',
      code: `
struct bond { int id; struct list_head node; struct rcu_head rcu; };

void bond_drop(struct bond *bond)
{
	list_del_rcu(&bond->node);
	kfree_rcu(bond, rcu);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'freed-without-grace',
      ({ subject }) => `${subject} is freed while readers under RCU may still look at it. Use kfree_rcu().`,
    ),
});
