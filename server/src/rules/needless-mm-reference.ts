/** A reference on the mm of the task that runs. */
import { defineRule } from './rule.js';

export const needlessMmReference = defineRule({
  id: 'needless-mm-reference',
  classes: ['mm-lifetime'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function takes a reference on the mm of the current task and drops it before it returns.',
  why: 'The task that runs keeps its own mm: nothing can take it away while the function runs.',
  remedy: 'Use current->mm; test it for NULL where a kernel thread may come here.',
  source: 'Documentation/mm/active_mm.rst; review of "x86/traps: Fix up invalid PASID", April 2020',
  bad: [
    {
      title: 'taken and given back',
      code: `
int toy_bind(struct toy *toy)
{
	struct mm_struct *mm = get_task_mm(current);
//                             ^^^^^^^^^^^^^^^^^^^^ needless-mm-reference: current
	int ret = toy_map(toy, mm);

	mmput(mm);
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'its own mm',
      code: `
int toy_bind(struct toy *toy)
{
	return toy_map(toy, current->mm);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { spot, keptIn } of fn.ownMmsTaken) {
        if (keptIn !== null || !isNew(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message:
            'Why a reference on the mm of current? It cannot go away while this runs. Use current->mm.',
        };
      }
    }
  },
});
