/** The mm of whatever task runs a callback. */
import { defineRule } from './rule.js';

export const mmOfWorker = defineRule({
  id: 'mm-of-worker',
  classes: ['mm-lifetime'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A work item or a notifier uses current->mm.',
  why: 'A worker has no mm, and a notifier runs in any task that touches or drops the address space.',
  remedy: 'Take the mm from the object that the callback is for.',
  source: 'kernel/workqueue.c, mm/mmu_notifier.c (6.12)',
  bad: [
    {
      title: 'a worker has no mm',
      code: `
static void toy_work(struct work_struct *work)
{
	toy_fault(current->mm);
//                ^^^^^^^^^^^ mm-of-worker: not the one
}`,
    },
  ],
  good: [
    {
      title: 'the mm of the object',
      code: `
static void toy_work(struct work_struct *work)
{
	struct toy *toy = container_of(work, struct toy, work);

	toy_fault(toy->mm);
}

void toy_init(struct toy *toy)
{
	INIT_WORK(&toy->work, toy_work);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const by = fn.signature.parameters.find(
        ({ type }) => RUN_BY_OTHERS.has(type.base) && type.pointers === 1,
      );
      if (!by) continue;
      for (const spot of fn.ownMms.filter(isNew)) {
        yield {
          at: spot,
          function: fn.name,
          message: `${fn.name}() is run by whatever task comes along (${by.type.base}), so current->mm is not the one meant. Take the mm from the object.`,
        };
      }
    }
  },
});

const RUN_BY_OTHERS: ReadonlySet<string> = new Set([
  'struct work_struct',
  'struct mmu_notifier',
  'struct timer_list',
  'struct rcu_head',
  'struct tasklet_struct',
]);
