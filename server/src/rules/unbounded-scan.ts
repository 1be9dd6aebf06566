/** A text is scanned into an array without saying how long that is. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const unboundedScan = defineRule({
  id: 'unbounded-scan',
  classes: ['value-encoding', 'use-before-check-or-init'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'sscanf() writes a word of any length into an array on the stack.',
  why: 'A text that is longer than the array overwrites what lies behind it. The command line and sysfs can be of any length.',
  remedy: 'Give the conversion a width, one less than the array has.',
  source: 'lib/vsprintf.c:vsscanf (6.12): %s without a width has no bound',
  bad: [
    {
      title: 'a word of any length',
      code: `
int toy_parse(char *text)
{
	char name[64];
	u32 id;

	if (sscanf(text, "%x:%s", &id, name) != 2)
//                                     ^^^^ unbounded-scan: name
		return -EINVAL;
	return name[0] == 'x';
}`,
    },
  ],
  good: [
    {
      title: 'as long as it may be',
      code: `
int toy_parse(char *text, char *copy)
{
	char name[64];
	u32 id;

	if (sscanf(text, "%x:%*s %63s", &id, name) != 2 || sscanf(text, "%s", copy) != 1)
		return -EINVAL;
	return name[0] == 'x';
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'scanned-unbounded',
      ({ subject, other }) =>
        `${other} has no width: a longer word is written beyond the end of ${subject}. Give it one.`,
    ),
});
