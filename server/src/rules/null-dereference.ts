/** A pointer is followed on a path on which it is NULL or an error pointer. Seen when the function is run. */
import type { DesignFacts } from '../iommu/index.js';
import { breachesOf } from './breaches.js';
import { type BreachFact, defineRule } from './rule.js';

export const nullDereference = defineRule({
  id: 'null-dereference',
  classes: ['null-deref', 'use-before-check-or-init'],
  severity: 'warning',
  confidence: 'certain',
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
    {
      title: 'checked',
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
    {
      title: 'a table of a struct that is declared elsewhere, with an empty end',
      code: `
static const struct toy_id toy_ids[] = {
	{ .compatible = "toy,one" },
	{ .compatible = "toy,two" },
	{ }
};

bool toy_is_known(struct device *dev)
{
	return toy_match(toy_ids, dev);
}`,
    },
    {
      title: 'a member that may be an array',
      code: `
int toy_send(struct toy *toy, u16 id)
{
	struct toy_command *command = kzalloc(sizeof(*command), GFP_KERNEL);

	if (!command)
		return -ENOMEM;
	command->words[0] = id;
	return toy_queue(toy, command);
}`,
    },
  ],
  check: (input) =>
    breachesOf(
      { ...input, breaches: input.breaches.map((each) => weighed(each, input.facts)) },
      ['DEREF'],
      'Test it before it is used.',
    ),
});

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
