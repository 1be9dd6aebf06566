/** A pointer in a shared object is found empty and filled with no lock over the two. Seen when the function is run. */
import type { DesignFacts } from '../iommu/index.js';
import { breachesOf } from './breaches.js';
import { type BreachFact, defineRule } from './rule.js';

export const unlockedCheckThenSet = defineRule({
  id: 'unlocked-check-then-set',
  classes: ['missing-lock'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A pointer in a shared object is found empty and filled, and no lock keeps another task from doing the same in between.',
  why: 'Two tasks both find it empty and both fill it: the second store hides what the first one made, whose users go on with what nobody knows any more. A lock of the object that is stored does not help, for another task stores another one.',
  remedy: 'Hold the lock of the object that has the pointer from the test to the store.',
  source:
    'Documentation/kernel-hacking/locking.rst (6.12); drivers/iommu/mtk_iommu.c:mtk_iommu_device_group (6.12) holds data->mutex over both',
  bad: [
    {
      title: 'made on first use, without the lock that its teardown takes',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };
struct toy_ops { int (*open)(struct toy *toy); void (*close)(struct toy *toy); };

static int toy_open(struct toy *toy)
{
	if (!toy->bond)
		toy->bond = kzalloc(sizeof(*toy->bond), GFP_KERNEL);
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked-check-then-set: finds
	return toy->bond ? 0 : -ENOMEM;
}

static void toy_close(struct toy *toy)
{
	mutex_lock(&toy->lock);
	kfree(toy->bond);
	toy->bond = NULL;
	mutex_unlock(&toy->lock);
}

static const struct toy_ops ops = { .open = toy_open, .close = toy_close };`,
    },
  ],
  good: [
    {
      title: 'one critical section',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };
struct toy_ops { int (*open)(struct toy *toy); void (*close)(struct toy *toy); };

static int toy_open(struct toy *toy)
{
	int ret = 0;

	mutex_lock(&toy->lock);
	if (!toy->bond)
		toy->bond = kzalloc(sizeof(*toy->bond), GFP_KERNEL);
	if (!toy->bond)
		ret = -ENOMEM;
	mutex_unlock(&toy->lock);
	return ret;
}

static void toy_close(struct toy *toy)
{
	mutex_lock(&toy->lock);
	kfree(toy->bond);
	toy->bond = NULL;
	mutex_unlock(&toy->lock);
}

static const struct toy_ops ops = { .open = toy_open, .close = toy_close };`,
    },
  ],
  check: (input) =>
    breachesOf(
      { ...input, breaches: input.breaches.filter((each) => !isSerialisedByGroup(each, input.facts)) },
      ['CHECKSET'],
      'Hold the lock of the object that has the pointer from the test to the store.',
      'info',
    ),
});

/**
 * Whether an operation that the core calls under group->mutex fills a slot of
 * the device's own instance, and all devices of that instance are in the one
 * group that it has. drivers/iommu/iommu.c:__iommu_attach_group (6.12).
 */
function isSerialisedByGroup(
  { function: name, spot, words }: BreachFact,
  { functions }: DesignFacts,
): boolean {
  if (!/->iommu->priv\b/.test(words)) return false;
  const ofFile = functions.filter((fn) => fn.nameSpot.unit.image.path === spot.unit.image.path);
  const isOp = ofFile.some(
    (fn) => fn.name === name && /^(?:attaches a domain|detaches a) /.test(fn.role ?? ''),
  );
  const hasOwnGroup = ofFile.some(
    (fn) =>
      fn.role === 'finds the group of a device' &&
      fn.calls.some((call) => call.name === 'iommu_group_ref_get' && /->\w*group$/.test(call.args[0] ?? '')),
  );
  return isOp && hasOwnGroup;
}
