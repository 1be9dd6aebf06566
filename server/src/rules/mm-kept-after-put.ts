/** An mm_struct pointer that stays where it is when the reference on the mm is given back. */
import { defineRule } from './rule.js';

export const mmKeptAfterPut = defineRule({
  id: 'mm-kept-after-put',
  classes: ['mm-lifetime'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function drops its reference on an mm that a member goes on pointing to.',
  why: 'get_task_mm() keeps the mm until mmput(). Whoever reads the member later has no reference: the process may be gone, and its mm be another one.',
  remedy: 'mmgrab() for as long as the member points to the mm, and mmget_not_zero() around each use.',
  source: 'Documentation/mm/active_mm.rst; kernel/fork.c:mmput (6.12)',
  bad: [
    {
      title: 'stored and put',
      code: `
void toy_bind(struct toy *toy)
{
	toy->mm = get_task_mm(current);
//                ^^^^^^^^^^^^^^^^^^^^ mm-kept-after-put: goes on pointing
	toy_add(toy);
	mmput(toy->mm);
}`,
    },
  ],
  good: [
    {
      title: 'grabbed for as long as it is stored',
      code: `
void toy_bind(struct toy *toy)
{
	toy->mm = current->mm;
	mmgrab(toy->mm);
	toy_add(toy);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { spot, keptIn } of fn.ownMmsTaken) {
        if (keptIn === null || !isNew(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `\`${keptIn}\` goes on pointing to the mm whose reference ${fn.name}() drops. Keep it by mmgrab() until the pointer goes.`,
        };
      }
    }
  },
});
