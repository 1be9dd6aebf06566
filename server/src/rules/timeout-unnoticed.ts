/** A counter that has gone past zero is asked whether it is zero. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const timeoutUnnoticed = defineRule({
  id: 'timeout-unnoticed',
  classes: ['value-encoding', 'error-code'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A loop counts down with n--, and behind it the time is taken to be up when n is zero.',
  why: 'n-- takes one away after it has looked: the loop ends with n below zero, and with n at zero it has been left in its last round, by success.',
  remedy: 'Count with --n, ask whether n is below zero, or use readl_poll_timeout().',
  source: 'include/linux/iopoll.h:readl_poll_timeout (6.12); C11 6.5.2.4',
  bad: [
    {
      title: 'one too far',
      code: `
int toy_sync(struct toy *toy)
{
	int timeout = 1000;

	while (timeout--) {
		if (readl(toy->base) & 1)
			break;
		udelay(1);
	}
	if (!timeout)
//          ^^^^^^^^ timeout-unnoticed: below zero
		return -ETIMEDOUT;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'taken away before it is looked at',
      code: `
int toy_sync(struct toy *toy)
{
	int timeout = 1000;

	while (--timeout) {
		if (readl(toy->base) & 1)
			break;
		udelay(1);
	}
	if (!timeout)
		return -ETIMEDOUT;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'counter-past-zero',
      ({ subject, other }) =>
        `\`${other}\` leaves ${subject} below zero when the time is up; at zero the last round was left early. Ask for that, or use readl_poll_timeout().`,
    ),
});
