/** The running task, taken for the one that is meant. */
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const whoeverRuns = defineRule({
  id: 'whoever-runs',
  classes: ['mm-lifetime'],
  since: '0.2.0',
  summary: 'The task that happens to run is taken for the process that is meant.',
  why: 'Callbacks and the last put run in whatever task comes along: a worker, another thread, none that has the mm.',
  remedy: 'Take the mm from the object that the call is for, and compare mms.',
  source:
    'review of "uacce: add uacce driver", 5 November 2019; mm/mmu_notifier.c runs callbacks in whatever task drops the mm; kernel/workqueue.c, mm/mmu_notifier.c (6.12)',
  bad: [
    {
      title: 'whose exit is this?',
      code: `
static int toy_exit(struct device *dev, struct toy_queue *q)
{
	if (q->pid == task_pid_nr(current))
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whoever-runs: any thread
		toy_stop(q);
	return 0;
}`,
    },
    {
      title: 'a worker has no mm',
      code: `
static void toy_work(struct work_struct *work)
{
	toy_fault(current->mm);
//                ^^^^^^^^^^^ whoever-runs: not the one
}`,
    },
  ],
  good: [
    {
      title: 'the address space decides',
      code: `
int toy_exit(struct device *dev, struct toy_queue *q, struct mm_struct *mm)
{
	if (q->mm == mm)
		toy_stop(q);
	return 0;
}`,
    },
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
  forms: [
    {
      of: 'A stored pid is compared with that of the task that runs.',
      why: 'Any thread of the process, or a worker that drops the last reference, may run the code; and numbers are used again.',
      instead: 'Compare the mm, or keep a reference on what is meant.',
      severity: 'warning',
      confidence: 'certain',
      check: taskByNumber,
    },
    {
      of: 'A work item or a notifier uses current->mm.',
      why: 'A worker has no mm, and a notifier runs in any task that touches or drops the address space.',
      instead: 'Take the mm from the object that the callback is for.',
      severity: 'warning',
      confidence: 'certain',
      check: mmOfWorker,
    },
  ],
});

function* taskByNumber({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    for (const spot of fn.pidTests.filter(isNew)) {
      yield {
        at: spot,
        function: fn.name,
        message:
          'The task that runs this need not be the one meant: any thread, or a worker with the last reference, can be, and pids are used again. Compare the mm instead.',
      };
    }
  }
}

function* mmOfWorker({ facts, isNew }: RuleInput): Iterable<Objection> {
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
}

const RUN_BY_OTHERS: ReadonlySet<string> = new Set([
  'struct work_struct',
  'struct mmu_notifier',
  'struct timer_list',
  'struct rcu_head',
  'struct tasklet_struct',
]);
