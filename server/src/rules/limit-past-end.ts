/** The largest number to hand out is given as the first one behind it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const limitPastEnd = defineRule({
  id: 'limit-past-end',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'The limit of ida_alloc_range() or its like is 1 << n, which is handed out as well.',
  why: 'These limits are inclusive: the number 1 << n does not fit into n bits.',
  remedy: 'Subtract one.',
  source: 'include/linux/idr.h:ida_alloc_range, lib/idr.c (6.12)',
  bad: [
    {
      title: 'one too many',
      code: `
int toy_number(struct ida *numbers, int bits)
{
	return ida_alloc_range(numbers, 1, 1 << bits, GFP_KERNEL);
//                                         ^^^^^^^^^ limit-past-end: included
}`,
    },
  ],
  good: [
    {
      title: 'the last one',
      code: `
int toy_number(struct ida *numbers, int bits)
{
	return ida_alloc_range(numbers, 1, (1 << bits) - 1, GFP_KERNEL);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'limit-past-end',
      ({ subject, other }) =>
        `The limit of ${other}() is included, so ${subject} itself may be handed out, and does not fit. Subtract one.`,
      'Subtract one',
    ),
});
