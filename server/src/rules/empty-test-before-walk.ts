/** A list is tested for being empty before it is walked. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const emptyTestBeforeWalk = defineRule({
  id: 'empty-test-before-walk',
  classes: ['redundant-check'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'list_empty() is asked, and nothing but a walk over that list depends on the answer.',
  why: 'A walk over an empty list does nothing. The test only makes readers ask what is special about an empty list.',
  remedy: 'Drop the test.',
  source: 'include/linux/list.h:list_for_each_entry (6.12)',
  bad: [
    {
      title: 'before the walk',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

void toy_reset(struct toy *toy)
{
	struct bond *bond;

	if (list_empty(&toy->bonds))
//          ^^^^^^^^^^^^^^^^^^^^^^^ empty-test-before-walk: does nothing
		return;
	list_for_each_entry(bond, &toy->bonds, node)
		bond->id = 0;
}`,
    },
  ],
  good: [
    {
      title: 'the walk alone',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

void toy_reset(struct toy *toy)
{
	struct bond *bond;

	list_for_each_entry(bond, &toy->bonds, node)
		bond->id = 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'empty-before-walk',
      ({ subject }) => `A walk over an empty ${subject} does nothing by itself; the test before it can go.`,
    ),
});
