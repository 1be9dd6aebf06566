/** A pointer is followed on a path on which it is NULL or an error pointer. Seen when the function is run. */
import type { DesignFacts } from '../iommu/index.js';
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { type BreachFact, defineRule, type Objection, type RuleInput } from './rule.js';

export const nullDereference = defineRule({
  id: 'null-dereference',
  classes: ['null-deref', 'use-before-check-or-init'],
  since: '0.2.0',
  summary: 'A pointer is followed on a path on which it is NULL or an error pointer.',
  why: 'Allocations fail, lookups find nothing. A path on which that has happened, or on which the function itself has found the pointer to be NULL, must not follow it.',
  remedy: 'Test the result before it is used, by the test that its function asks for.',
  source: 'Documentation/core-api/memory-allocation.rst (6.12)',
  bad: [
    {
      title: 'the allocation is not checked',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_init(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	bond->id = 1;
//      ^^^^^^^^^^^^ null-dereference: while it is NULL
	toy->bond = bond;
	return 0;
}`,
    },
    {
      title: 'forgotten too early',
      code: `
struct toy_hw { u32 flags; u32 version; };
struct toy { struct toy_hw *hw; };

static void toy_turn(struct toy_hw *hw, bool on)
{
	hw->version = on ? 2 : 1;
}

void toy_stop(struct toy *toy)
{
	if (!toy->hw)
		return;
	toy->hw = NULL;
	toy_turn(toy->hw, false);
//      ^^^^^^^^^^^^^^^^^^^^^^^^ null-dereference: while it is NULL
}`,
    },
    {
      title: 'a resource that the firmware does not describe',
      code: `
struct toy { void __iomem *base; resource_size_t start; };

int toy_probe(struct platform_device *pdev, struct toy *toy)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);

	toy->start = res->start;
//                   ^^^^^^^^^^ null-dereference: while it is NULL
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'data of a device that is asked for, and such of a device that is bound',
      code: `
struct hw { int users; };

int hw_xlate(struct device *dev, struct device_node *np)
{
	struct platform_device *pdev = of_find_device_by_node(np);
	struct hw *hw;

	if (!pdev)
		return -ENODEV;
	hw = platform_get_drvdata(pdev);
	if (!hw) {
		put_device(&pdev->dev);
		return -EPROBE_DEFER;
	}
	hw->users++;
	put_device(&pdev->dev);
	return 0;
}

int hw_count(struct device_driver *driver, struct fwnode_handle *fwnode)
{
	struct device *dev = driver_find_device_by_fwnode(driver, fwnode);
	struct hw *hw;
	int users;

	if (!dev)
		return -ENODEV;
	hw = dev_get_drvdata(dev);
	users = hw->users;
	put_device(dev);
	return users;
}`,
    },
    {
      title: 'memory that is asked for here, by the caller, or by who gets it',
      code: `
struct toy { char *name; void *table; struct device *dev; };

static int toy_keep(struct toy *toy, void *table)
{
	if (!table)
		return -ENOMEM;
	toy->table = table;
	return 0;
}

char *toy_name(int id)
{
	char *name = kasprintf(GFP_KERNEL, "toy%d", id);

	return name;
}

int toy_init(struct toy *toy, int id)
{
	void *table = kzalloc(64, GFP_KERNEL);

	toy->name = kstrdup("toy", GFP_KERNEL);
	if (toy_keep(toy, table) || !toy->name)
		return -ENOMEM;
	return 0;
}

int toy_grow(struct toy *toy, void **out)
{
	void *big = kmalloc(64, GFP_KERNEL | __GFP_NOFAIL);

	toy_register(big);
	*out = kmalloc(64, GFP_KERNEL);
	return toy_keep(toy, big);
}`,
    },
    {
      title: 'a resource that is looked at by what refuses NULL',
      code: `
struct toy { void __iomem *base; resource_size_t start; };

int toy_probe(struct platform_device *pdev, struct toy *toy)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);

	toy->base = devm_ioremap_resource(&pdev->dev, res);
	if (IS_ERR(toy->base))
		return PTR_ERR(toy->base);
	toy->start = res->start;
	return 0;
}`,
    },
  ],
  forms: [
    {
      of: 'A run follows a pointer while it is NULL or an error pointer.',
      why: 'The path is there: an allocation has failed, a lookup found nothing, or the function itself has seen that it is NULL.',
      instead: 'Test it before it is used.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        breachesOf(
          { ...input, breaches: input.breaches.map((each) => weighed(each, input.facts)) },
          ['DEREF'],
          'Test it before it is used.',
        ),
    },
    {
      of: 'Nothing asks whether there was memory, and what the allocation gave is used or handed on.',
      why: 'Small allocations fail as well, and who gets the NULL follows it, or shows "(null)" to user space.',
      instead: 'Return -ENOMEM.',
      severity: 'warning',
      confidence: 'possible',
      check: untestedAllocations,
    },
    {
      of: 'Nothing asks whether a call gave an error pointer, and what it gave is used or handed on.',
      why: 'The error pointer is no address: who follows it faults, and who keeps or puts it takes it for an object.',
      instead: 'Test it by IS_ERR(), and return PTR_ERR().',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'error-pointer-untested',
          ({ subject, other }) =>
            `Nothing asks whether ${other}() gave an error pointer for ${subject}. IS_ERR(${subject})?`,
        ),
    },
    {
      of: 'A warning says that a pointer is NULL, and it is followed all the same.',
      why: 'The warning was written because it may be: then it is an oops right behind the warning.',
      instead: 'if (WARN_ON(…)) return, or drop the warning where it cannot be.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'warned-and-used',
          ({ subject }) =>
            `After the warning ${subject} is used as if it were there. if (WARN_ON(!${subject})) return?`,
        ),
    },
    {
      of: 'The driver data of a device that was found is followed without asking whether the device has been probed.',
      why: 'The device may be there long before its driver, or without it: its data is NULL then.',
      instead: 'Return -EPROBE_DEFER when it is NULL, and put the device.',
      severity: 'info',
      confidence: 'possible',
      quietInTree: true,
      check: (input) =>
        odditiesIn(
          input,
          'driver-data-untested',
          ({ subject, other }) =>
            `The device that ${other}() finds may not have been probed yet, or be unbound again: ${subject} is NULL then. Return -EPROBE_DEFER?`,
        ),
    },
  ],
});

/** Where it is followed in the function itself, runs show it. */
function untestedAllocations(input: RuleInput): Iterable<Objection> {
  return odditiesIn(
    input,
    'allocation-untested',
    ({ subject, other }) =>
      `Nothing asks whether ${other}() had the memory for ${subject}. Return -ENOMEM when it is NULL.`,
  );
}

/** A question about an object: `dev_is_pci`, `toy_has_table`. */
const ASKS = /(?:^|_)(?:is|has|can|may|supports)_|_(?:is|supported|enabled)$/;
const ASSUMED = /^`(\w+)\(([^()]+)\)` is true$/;

/**
 * That one question about an object is answered by yes may say that another one
 * is too; where the code does not show it, nobody knows that the way exists.
 */
function weighed(breach: BreachFact, { functions }: DesignFacts): BreachFact {
  const fn = functions.find(({ name }) => name === breach.function);
  const isUnread = breach.assumptions.some((each) => {
    const [, asked = '', object] = ASSUMED.exec(each) ?? [];
    if (!ASKS.test(asked) || !fn || functions.some(({ name }) => name === asked)) return false;
    return fn.calls.some(
      ({ name, args, spot }) =>
        name !== asked && ASKS.test(name) && args[0] === object && spot.span.start < breach.spot.span.start,
    );
  });
  return isUnread ? { ...breach, confidence: 'possible' } : breach;
}
