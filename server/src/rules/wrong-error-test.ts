/** A failure is tested for NULL where an error pointer comes, or the other way round. Seen when the function is run. */
import { breachesOf, shownBy } from './breaches.js';
import { defineRule } from './rule.js';

export const wrongErrorTest = defineRule({
  id: 'wrong-error-test',
  classes: ['error-code', 'null-deref'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A failure is tested for NULL where an error pointer comes, or the other way round.',
  why: 'IS_ERR(NULL) is false, and an error pointer is not NULL. The wrong test lets every failure through.',
  remedy:
    'Use IS_ERR() for functions that return error pointers, and a test for NULL for those that return NULL.',
  source: 'include/linux/err.h (6.12)',
  bad: [
    {
      title: 'kzalloc() is asked for an error pointer',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_init(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	if (IS_ERR(bond))
		return PTR_ERR(bond);
	bond->id = 1;
//      ^^^^^^^^^^^^ wrong-error-test: it was asked for
	toy->bond = bond;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'asked for NULL',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_init(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	if (!bond)
		return -ENOMEM;
	bond->id = 1;
	toy->bond = bond;
	return 0;
}`,
    },
  ],
  check: (input) =>
    breachesOf(shownBy(input, 'functions'), ['ERRNO'], 'Use the test that the function asks for.'),
});
