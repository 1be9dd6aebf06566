/** The function decides by, follows or locks something that nobody has set. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const uninitialisedValue = defineRule({
  id: 'uninitialised-value',
  classes: ['use-before-check-or-init'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'The function decides by, follows or locks something that nobody has set.',
  why: 'A local that is set on some paths only, a field of kmalloc()ed memory, a lock that was never initialised: what stands there is left over from somebody else.',
  remedy: 'Set it on every path that leads there, or where it is declared.',
  source: 'Documentation/dev-tools/kmsan.rst (6.12)',
  bad: [
    {
      title: 'one branch does not set the result',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_start(struct toy *toy)
{
	int ret;

	if (toy->id)
		ret = toy->id - 1;
	if (ret)
//          ^^^ uninitialised-value: nobody has set
		return -EINVAL;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'set where it is declared',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_start(struct toy *toy)
{
	int ret = 0;

	if (toy->id)
		ret = toy->id - 1;
	if (ret)
		return -EINVAL;
	return 0;
}`,
    },
    {
      title: 'the cursor of a macro that is not at hand',
      code: `
void toy_hold(struct toy *toy, struct device *dev)
{
	struct toy_device *tdev;

	for_each_toy_device(toy, dev)
		tdev->users++;
}`,
    },
  ],
  check: (input) => breachesOf(input, ['UNINIT'], 'Set it first.'),
});
