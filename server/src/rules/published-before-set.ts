/** An object is put where others find it before its fields are set. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const publishedBeforeSet = defineRule({
  id: 'published-before-set',
  classes: ['use-before-check-or-init'],
  since: '0.2.0',
  summary: 'Something can be used by others before it is fit for use.',
  why: 'Whoever comes by in between finds it half made.',
  remedy: 'Set everything first and publish last, or hold the lock until all is set.',
  source:
    'Documentation/RCU/listRCU.rst, Documentation/core-api/xarray.rst, drivers/base/driver.c:driver_register (6.12)',
  bad: [
    {
      title: 'set after the lock is given back',
      code: `
struct bond { int id; struct list_head node; };
struct toy { spinlock_t lock; struct list_head bonds; };

void toy_add(struct toy *toy, struct bond *bond)
{
	spin_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	spin_unlock(&toy->lock);
	bond->id = 1;
//      ^^^^^^^^^^^^ published-before-set: is set after
}`,
    },
    {
      title: 'the driver before its memory',
      code: `
static struct kmem_cache *toy_cache;
static void *toy_zeroes;

void *toy_attach(void)
{
	return toy_zeroes;
}

int toy_init(void)
{
	int ret = platform_driver_register(&toy_driver);

	if (ret)
		return ret;
	toy_zeroes = kmem_cache_zalloc(toy_cache, GFP_KERNEL);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ published-before-set: toy_attach
	return toy_zeroes ? 0 : -ENOMEM;
}`,
    },
    {
      title: 'an interrupt before its lock',
      code: `
struct toy { spinlock_t lock; int faults; };

static irqreturn_t toy_irq(int irq, void *data)
{
	struct toy *toy = data;

	spin_lock(&toy->lock);
	toy->faults++;
	spin_unlock(&toy->lock);
	return IRQ_HANDLED;
}

int toy_start(struct toy *toy, struct device *dev, int irq)
{
	int ret;

	ret = devm_request_irq(dev, irq, toy_irq, 0, "toy", toy);
	if (ret)
		return ret;
	spin_lock_init(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^ published-before-set: toy_irq
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'the driver last',
      code: `
static struct kmem_cache *toy_cache;
static void *toy_zeroes;

void *toy_attach(void)
{
	return toy_zeroes;
}

int toy_init(void)
{
	toy_zeroes = kmem_cache_zalloc(toy_cache, GFP_KERNEL);
	if (!toy_zeroes)
		return -ENOMEM;
	return platform_driver_register(&toy_driver);
}`,
    },
    {
      title: 'set first',
      code: `
struct bond { int id; struct list_head node; };
struct toy { spinlock_t lock; struct list_head bonds; };

void toy_add(struct toy *toy, struct bond *bond)
{
	bond->id = 1;
	spin_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	spin_unlock(&toy->lock);
}`,
    },
  ],
  forms: [
    {
      of: 'An object is put on a list or into an xarray, and a field of it is set afterwards, with no lock over the two.',
      why: 'Whoever walks the list in between finds the object half made.',
      instead: 'Set the fields before it is put there.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'published-early',
          ({ subject }) =>
            `${subject} is set after others can find the object, which no lock keeps from them. Set it before it is published?`,
        ),
    },
    {
      of: 'A driver is registered, and what its functions use is allocated afterwards.',
      why: 'The driver core probes devices that are there at once: the functions of the driver run before the memory exists.',
      instead: 'Register the driver last.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'registered-early',
          ({ subject, other }) =>
            `Devices may be probed by now, and ${other}() uses \`${subject}\`. Allocate it before the driver is registered?`,
        ),
    },
    {
      of: 'A lock, a list or a work item that an interrupt handler uses is set up after the interrupt was requested.',
      why: 'A shared line, a fault that was pending, or CONFIG_DEBUG_SHIRQ calls the handler at once.',
      instead: 'Request the interrupt last.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'used-before-init',
          ({ subject, other }) =>
            `${other}() may run before ${subject} is set up: the interrupt is requested already. Request it last.`,
        ),
    },
  ],
});
