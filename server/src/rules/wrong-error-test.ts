/** A failure is tested for NULL where an error pointer comes, or the other way round. Seen when the function is run. */
import { breachesOf, shownBy } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const wrongErrorTest = defineRule({
  id: 'wrong-error-test',
  classes: ['error-code', 'null-deref'],
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
    {
      title: 'a mapping that is never an error pointer',
      code: `
int toy_map(struct device *dev, struct resource *res)
{
	void __iomem *base = ioremap(res->start, resource_size(res));

	if (IS_ERR(base))
//          ^^^^^^^^^^^^ wrong-error-test: ioremap() gives NULL
		return PTR_ERR(base);
	writel(1, base);
	iounmap(base);
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
  forms: [
    {
      of: 'A run shows that a failure is asked for in the way that the function does not tell it.',
      why: 'The failure goes unseen, and what stands for it is followed.',
      instead: 'Use the test that the function asks for.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        breachesOf(shownBy(input, 'functions'), ['ERRNO'], 'Use the test that the function asks for.'),
    },
    {
      of: 'A mapping that is NULL when it fails is asked whether it is an error pointer.',
      why: 'It never is: the test does nothing, and NULL is read and written.',
      instead: 'Test for NULL.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'null-asked-for-error',
          ({ subject, other }) =>
            `${other}() gives NULL when it fails, never an error pointer. if (!${subject})?`,
          'Test for NULL',
        ),
    },
  ],
});
