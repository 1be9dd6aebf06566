/** An object is freed, and its work or timer may still run. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const leftRunning = defineRule({
  id: 'left-running',
  classes: ['use-after-free'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'An object with a work item or a timer is freed, and nobody waits for that to end.',
  why: 'What was queued runs later, on memory that is freed. cancel_work() and del_timer() do not wait for what runs already.',
  remedy:
    'Call cancel_work_sync(), cancel_delayed_work_sync() or timer_delete_sync() before the object is freed.',
  source:
    'include/linux/workqueue.h, kernel/workqueue.c:cancel_work_sync; kernel/time/timer.c:timer_delete_sync (6.12)',
  bad: [
    {
      title: 'queued, and freed',
      code: `
struct toy { struct work_struct work; int faults; };

void toy_fault(struct toy *toy)
{
	toy->faults++;
	schedule_work(&toy->work);
}

void toy_free(struct toy *toy)
{
	kfree(toy);
//      ^^^^^^^^^^ left-running: toy->work
}`,
    },
  ],
  good: [
    {
      title: 'waited for',
      code: `
struct toy { struct work_struct work; int faults; };

void toy_fault(struct toy *toy)
{
	toy->faults++;
	schedule_work(&toy->work);
}

void toy_free(struct toy *toy)
{
	cancel_work_sync(&toy->work);
	kfree(toy);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'freed-while-running',
      ({ subject }) =>
        `${subject} may be queued or run still, and nobody in this file waits for it. Cancel it with its _sync function before this?`,
    ),
});
