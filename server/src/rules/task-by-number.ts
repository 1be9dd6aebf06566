/** A task told by its number. */
import { defineRule } from './rule.js';

export const taskByNumber = defineRule({
  id: 'task-by-number',
  classes: ['mm-lifetime'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A stored pid is compared with that of the task that runs.',
  why: 'Any thread of the process, or a worker that drops the last reference, may run the code; and numbers are used again.',
  remedy: 'Compare the mm, or keep a reference on what is meant.',
  source:
    'review of "uacce: add uacce driver", 5 November 2019; mm/mmu_notifier.c runs callbacks in whatever task drops the mm',
  bad: [
    {
      title: 'whose exit is this?',
      code: `
static int toy_exit(struct device *dev, struct toy_queue *q)
{
	if (q->pid == task_pid_nr(current))
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ task-by-number: any thread
		toy_stop(q);
	return 0;
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
  ],
  *check({ facts, isNew }) {
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
  },
});
