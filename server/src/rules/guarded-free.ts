/** A pointer is tested before it is given to a function that takes NULL. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const guardedFree = defineRule({
  id: 'guarded-free',
  classes: ['redundant-check'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A test for NULL stands before kfree() or another function that takes NULL.',
  why: 'kfree(NULL) does nothing, and neither do put_device(NULL) and its like; the test is noise in every error path.',
  remedy: 'Call it without the test.',
  source:
    'mm/slab_common.c:kfree, drivers/base/core.c:put_device (6.12); scripts/coccinelle/free/ifnullfree.cocci',
  bad: [
    {
      title: 'before kfree',
      code: `
struct toy { void *table; };

void toy_drop(struct toy *toy)
{
	if (toy->table) kfree(toy->table);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ guarded-free: takes NULL
}`,
    },
  ],
  good: [
    {
      title: 'without',
      code: `
struct toy { void *table; };

void toy_drop(struct toy *toy)
{
	kfree(toy->table);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'guarded-free',
      ({ subject, other }) => `${other}() takes NULL, so ${subject} need not be tested first.`,
      'Drop the test',
    ),
});
