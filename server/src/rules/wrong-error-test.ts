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
    {
      title: 'memory that is never an error pointer, and is handed on',
      code: `
int toy_add_ids(struct device *dev, struct toy_args *args, int count)
{
	u32 *ids = kcalloc(count, sizeof(*ids), GFP_KERNEL);

	if (IS_ERR(ids))
//          ^^^^^^^^^^^ wrong-error-test: kcalloc() gives NULL
		return -ENOMEM;
	toy_fill(args, ids);
	kfree(ids);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'a second way for when the first one fails, and a search that ends when it has found',
      code: `
struct toy { struct clk *clk; int users; };

int toy_start(struct toy *toy)
{
	int ret;

	ret = toy_run_fast(toy);
	if (!ret)
		return ret;
	return toy_run_slow(toy);
}

int toy_find(struct toy *toy, int count)
{
	int i, ret;

	for (i = 0; i < count; i++) {
		ret = toy_try(toy, i);
		if (!ret)
			return ret;
		toy_note(toy, ret);
	}
	ret = toy_power(toy);
	if (ret)
		goto err_power;
	return 0;

err_power:
	toy_unpower(toy);
	return ret;
}`,
    },
    {
      title: 'as each of them tells it',
      code: `
int toy_wait(struct toy *toy)
{
	if (!wait_for_completion_timeout(&toy->done, HZ))
		return -ETIMEDOUT;
	return 0;
}

int toy_add(struct toy *toy, struct xarray *toys, u32 *next)
{
	int ret;

	ret = xa_alloc_cyclic(toys, &toy->id, toy, xa_limit_32b, next, GFP_KERNEL);
	if (ret < 0)
		return ret;
	toy->irq = irq_of_parse_and_map(toy->node, 0);
	if (!toy->irq)
		return -ENODEV;
	return 0;
}`,
    },
    {
      title: 'the error, and what has none',
      code: `
struct link;
struct link *toy_link(int id);
void toy_unlink(struct link *link);

int toy_open(int id)
{
	struct link *link = toy_link(id);

	if (IS_ERR(link))
		return PTR_ERR(link);
	if (!link)
		return -ENODEV;
	toy_unlink(link);
	link = toy_link(id + 1);
	if (!IS_ERR(link)) {
		toy_unlink(link);
		link = toy_link(id + 2);
		return PTR_ERR_OR_ZERO(link);
	}
	return PTR_ERR(link);
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
      of: 'A mapping or an allocation that is NULL when it fails is asked whether it is an error pointer.',
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
    {
      of: 'PTR_ERR() is asked of a pointer that the test before it says to be valid, or NULL.',
      why: 'Of a valid pointer it makes a number out of an address, and the real error goes on as if it were a pointer; of NULL it makes 0, which is success.',
      instead: 'Test IS_ERR(), and give an error number of your own for NULL.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'error-of-no-error',
          ({ subject, other }) =>
            other === 'null'
              ? `PTR_ERR() of NULL is 0: the caller is told of success when ${subject} is missing. Give an error number.`
              : `${subject} is no error here, and what is asked of it as one is a part of its address; a real error goes on as a pointer. if (IS_ERR(${subject}))?`,
          'Turn the test round',
        ),
    },
    {
      of: 'The answer of a call is tested for what it never is when the call fails, or for what it is when it succeeds.',
      why: 'Some calls give 0 when they fail, some a negative number, some the end of what was searched. The wrong test lets the failure through, or takes success for one.',
      instead: 'Test for what the call gives when it fails.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'failure-not-told-so',
          ({ subject, other }) => `${subject}() ${other}. Test for that.`,
        ),
    },
    {
      of: 'A function goes the way of a failure when a call has succeeded, and on when it has failed.',
      why: 'All other tests of the same variable leave when it is set: this one is the wrong way round.',
      instead: 'Turn the test round.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'success-leaves',
          ({ subject, other }) =>
            other === 'memory'
              ? `This leaves when there was memory for ${subject}, and goes on when there was none. if (!${subject})?`
              : `This leaves on success, and goes on when ${subject} says that the call failed. if (${subject})?`,
          'Turn the test round',
        ),
    },
    {
      of: 'A call gives 0 when it fails, and that 0 is returned as if it were an error number.',
      why: 'The caller is told of success.',
      instead: 'Return an error number of your own: -ETIMEDOUT, -ENOMEM.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'zero-as-error',
          ({ subject, other }) =>
            `${other}() failed, and ${subject} is 0 here: the caller is told of success. Return an error number.`,
        ),
    },
  ],
});
