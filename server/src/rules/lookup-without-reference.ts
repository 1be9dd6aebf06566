/** An object that is found, and that nobody keeps alive. */
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const lookupWithoutReference = defineRule({
  id: 'lookup-without-reference',
  classes: ['unreferenced-lookup', 'refcount'],
  since: '0.2.0',
  summary:
    'An object is found by a lookup, and nothing keeps it alive from there to where it is used, handed out or counted.',
  why: 'Whoever removes it waits for the lock alone: it may be freed, or its count zero, by then.',
  remedy:
    'Take a reference under the lock of the removal, by refcount_inc_not_zero() where that is RCU, or have the caller hold that lock.',
  source:
    'Documentation/core-api/kref.rst; drivers/iommu/iommu.c:iommu_attach_handle_get (6.12) says what the caller has to hold; include/linux/refcount.h:refcount_inc',
  bad: [
    {
      title: 'found, unlocked, returned',
      code: `
static DEFINE_XARRAY(toys);
static DEFINE_MUTEX(toy_lock);

struct toy *toy_find(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
//            ^^^^^^^^^^^^^^^^^^ lookup-without-reference: keeps
	mutex_unlock(&toy_lock);
	return toy;
}`,
    },
    {
      title: 'found and counted',
      code: `
static DEFINE_XARRAY(toys);

int toy_hold(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (!toy)
		return -ENOENT;
	refcount_inc(&toy->users);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^ lookup-without-reference: may have dropped
	return 0;
}`,
    },
    {
      title: 'a device that is put before its data is used',
      code: `
struct hw { int users; };

int hw_join(struct device_driver *driver, struct fwnode_handle *fwnode)
{
	struct device *dev = driver_find_device_by_fwnode(driver, fwnode);
	struct hw *hw;

	if (!dev)
		return -ENODEV;
	hw = dev_get_drvdata(dev);
	put_device(dev);
//      ^^^^^^^^^^^^^^^^ lookup-without-reference: hw->users
	hw->users++;
	return 0;
}`,
    },
    {
      title: 'the group of all',
      code: `
struct toy { struct iommu_group *group; };

static struct iommu_group *toy_device_group(struct device *dev)
{
	struct toy *toy = dev_iommu_priv_get(dev);

	return toy->group;
//             ^^^^^^^^^^ lookup-without-reference: iommu_group_ref_get
}

static const struct iommu_ops toy_ops = {
	.device_group = toy_device_group,
};`,
    },
  ],
  good: [
    {
      title: 'put last, and a device that a link keeps',
      code: `
struct hw { int users; };

int hw_join(struct device *master, struct device_node *np)
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

int hw_link(struct device *master, struct device_driver *driver, struct fwnode_handle *fwnode)
{
	struct device *dev = driver_find_device_by_fwnode(driver, fwnode);
	struct hw *hw;

	if (!dev)
		return -ENODEV;
	hw = dev_get_drvdata(dev);
	device_link_add(master, dev, DL_FLAG_AUTOREMOVE_SUPPLIER);
	put_device(dev);
	hw->users++;
	return 0;
}`,
    },
    {
      title: 'the group of all, with a reference',
      code: `
struct toy { struct iommu_group *group; };

static struct iommu_group *toy_device_group(struct device *dev)
{
	struct toy *toy = dev_iommu_priv_get(dev);

	return iommu_group_ref_get(toy->group);
}

static const struct iommu_ops toy_ops = {
	.device_group = toy_device_group,
};`,
    },
    {
      title: 'with a reference',
      code: `
static DEFINE_XARRAY(toys);
static DEFINE_MUTEX(toy_lock);

struct toy *toy_find(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (toy && !refcount_inc_not_zero(&toy->users))
		toy = NULL;
	mutex_unlock(&toy_lock);
	return toy;
}`,
    },
    {
      title: 'under the lock of the removal',
      code: `
static DEFINE_XARRAY(toys);
static DEFINE_MUTEX(toy_lock);

int toy_hold(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (toy)
		refcount_inc(&toy->users);
	mutex_unlock(&toy_lock);
	return toy ? 0 : -ENOENT;
}`,
    },
  ],
  forms: [
    {
      of: 'A function finds an object under a lock, gives the lock back and returns the object without a reference.',
      why: 'Whoever removes the object waits for the lock alone: the caller may be using it when it is freed.',
      instead: 'Take a reference under the lock (refcount_inc_not_zero()), or have the caller hold the lock.',
      severity: 'info',
      confidence: 'certain',
      check: handedOut,
    },
    {
      of: 'An object is looked up without a lock, and its count is raised as if it could not be zero.',
      why: 'Between the lookup and the increment the last reference may go; refcount_inc() on zero warns and saturates, kref_get() gives a pointer to freed memory.',
      instead: 'refcount_inc_not_zero() under RCU, or the lock that removes the object around both.',
      severity: 'warning',
      confidence: 'possible',
      check: countRaisedFromZero,
    },
    {
      of: 'A device is found, its reference is dropped, and then the device or its driver data is used.',
      why: 'From then on the device may be unbound, and its driver data freed.',
      instead: 'Put the device last.',
      severity: 'info',
      confidence: 'possible',
      quietInTree: true,
      check: (input) =>
        odditiesIn(
          input,
          'device-put-early',
          ({ subject, other }) =>
            `Nothing keeps ${subject} from here on, and \`${other}\` is used below. Put the device last?`,
        ),
    },
    {
      of: 'A device_group op returns a group that it keeps, and takes no reference for the caller.',
      why: 'The core puts the group when the device goes: with the second device the group is freed while the first one is in it.',
      instead: 'return iommu_group_ref_get(group);',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'group-handed-out',
          ({ subject }) =>
            `Whoever calls device_group gets a reference and puts it: return iommu_group_ref_get(${subject}).`,
        ),
    },
  ],
});

function* handedOut({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    const found = fn.unreferenced.find(({ lookup, handedOut }) => isNew(lookup.spot) || isNew(handedOut));
    if (!found) continue;
    const { lookup, lock, handedOut } = found;
    const once =
      lock === null
        ? `after ${lookup.call}()`
        : `once ${lock === 'rcu_read_lock' ? 'the RCU read side' : `\`${lock}\``} is left`;
    // Who calls a static function is in the file, and may know what keeps the object; unless it is seen to be removed.
    const isRemoved = facts.functions.some(({ removals }) =>
      removals.some(({ container }) => container.text === lookup.container.text),
    );
    yield {
      at: isNew(lookup.spot) ? lookup.spot : handedOut,
      function: fn.name,
      ...(fn.isStatic && !isRemoved ? { severity: 'hint' as const } : {}),
      message: `What keeps \`${lookup.result}\` alive ${once}? ${fn.name}() hands it out without a reference. Take one under the lock of the removal, or have the caller hold that lock.`,
      related: [{ spot: handedOut, message: 'handed out here' }],
    };
  }
}

function* countRaisedFromZero({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    for (const { lookup, spot, call, count } of fn.raisedCounts) {
      if (!isNew(spot)) continue;
      yield {
        at: spot,
        function: fn.name,
        message: `No lock is held from ${lookup.call}() to ${call}(): \`${count}\` may have dropped to zero in between. Use refcount_inc_not_zero(), or the lock of the removal around both.`,
        related: [{ spot: lookup.spot, message: 'found here' }],
      };
    }
  }
}
