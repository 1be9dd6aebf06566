/** Something unsigned is tested for being negative. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const unsignedBelowZero = defineRule({
  id: 'unsigned-below-zero',
  classes: ['value-encoding', 'error-code'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A variable of an unsigned type is compared with less than zero.',
  why: 'It never is: the error that the test is for goes through as a large number.',
  remedy: 'Use a signed type for what may be an error.',
  source: 'gcc -Wtype-limits',
  bad: [
    {
      title: 'an error in a size',
      code: `
int toy_read(int id);

int toy_size(int id)
{
	size_t bytes = toy_read(id);

	if (bytes < 0)
//          ^^^^^^^^^ unsigned-below-zero: never
		return -EIO;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'signed',
      code: `
int toy_read(int id);

int toy_size(int id)
{
	int bytes = toy_read(id);

	if (bytes < 0)
		return -EIO;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'unsigned-below-zero',
      ({ subject, other }) =>
        `${subject} is ${other} and never below zero: an error goes through as a large number. Use a signed type.`,
    ),
});
