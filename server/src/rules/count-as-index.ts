/** An index is allowed to be the count. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const countAsIndex = defineRule({
  id: 'count-as-index',
  classes: ['value-encoding'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'An index is refused when it is larger than a count, so the count itself passes.',
  why: 'Of n entries the last has the index n - 1: the check lets one through that lies behind the end.',
  remedy: 'Test with >=.',
  source: 'Documentation/process/deprecated.rst (6.12), and the review that says so',
  bad: [
    {
      title: 'one behind the end',
      code: `
struct toy { int nr_slots; int slots[16]; };

int toy_slot(struct toy *toy, int index)
{
	if (index > toy->nr_slots)
//          ^^^^^^^^^^^^^^^^^^^^^ count-as-index: >=
		return -EINVAL;
	return toy->slots[index];
}`,
    },
  ],
  good: [
    {
      title: 'the last one is the last',
      code: `
struct toy { int nr_slots; int slots[16]; };

int toy_slot(struct toy *toy, int index)
{
	if (index >= toy->nr_slots)
		return -EINVAL;
	return toy->slots[index];
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'count-as-index',
      ({ subject, other }) =>
        `${subject} equal to ${other} lies behind the last entry and passes. Should this be >=?`,
      'Test with >=',
    ),
});
