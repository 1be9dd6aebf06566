/** A negation takes in the left side of a comparison alone. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const negatedLeftSide = defineRule({
  id: 'negated-left-side',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: '!x stands left of & or ==, so 0 or 1 is compared.',
  why: 'The negation binds first: !flags & MASK is 0 or 1 against the mask, and !x == 0 is x.',
  remedy: 'Put parentheses around what is to be negated, or drop the negation.',
  source: 'gcc -Wlogical-not-parentheses',
  bad: [
    {
      title: '0 or 1 against a mask',
      code: `
int toy_check(unsigned int flags)
{
	if (!flags & 4)
//          ^^^^^^^^^^ negated-left-side: alone
		return -EINVAL;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'all of it',
      code: `
int toy_check(unsigned int flags)
{
	if (!(flags & 4))
		return -EINVAL;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'negated-side',
      ({ subject, other }) =>
        `\`${subject}\` is negated alone, before the ${other}: 0 or 1 is compared. Put parentheses around the whole, or drop the !.`,
    ),
});
