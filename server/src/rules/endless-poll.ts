/** A register is polled until it changes, for as long as it takes. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const endlessPoll = defineRule({
  id: 'endless-poll',
  classes: ['deadlock-sleep'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A loop waits for a register to change, and nothing ends it when it does not.',
  why: 'Hardware that hangs, or is switched off, takes the CPU with it, often under a lock.',
  remedy: 'Use readl_poll_timeout() or readl_poll_timeout_atomic(), and tell of the timeout.',
  source: 'include/linux/iopoll.h:readl_poll_timeout (6.12)',
  bad: [
    {
      title: 'for ever',
      code: `
void toy_wait(struct toy *toy)
{
	while (readl(toy->base) & 1)
//             ^^^^^^^^^^^^^^^^^^^^ endless-poll: readl_poll_timeout
		cpu_relax();
}`,
    },
  ],
  good: [
    {
      title: 'with an end',
      code: `
int toy_wait(struct toy *toy)
{
	u32 value;
	int n = 1000;

	while ((readl(toy->base) & 1) && --n)
		cpu_relax();
	return readl_poll_timeout(toy->base, value, !(value & 2), 1, 100);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'endless-poll',
      ({ other }) =>
        `When the hardware hangs, this waits for ever. ${/q/.test(other) ? 'readq' : 'readl'}_poll_timeout(), and an error?`,
    ),
});
