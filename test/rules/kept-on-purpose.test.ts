/** What looks like a fault when a function is run, and is meant: the nearest good code, and the fault beside it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BOND_OF_A_DEVICE } from '../../server/src/rules/toy-bonds.js';
import { findingsIn } from './annotated.js';
import { twins } from './twins.js';

const CLAIM = (undo: string): string => `
struct iommu_group { struct mutex mutex; refcount_t claims; void *claimer; };

static int toy_claim(struct iommu_group *group, void *claimer)
{
	if (refcount_inc_not_zero(&group->claims)) {
		if (group->claimer != claimer) {
			${undo}
			return -EBUSY;
		}
		return 0;
	}
	group->claimer = claimer;
	refcount_set(&group->claims, 1);
	return 0;
}

static void toy_unclaim(struct iommu_group *group)
{
	if (refcount_dec_and_test(&group->claims))
		group->claimer = NULL;
}

int toy_device_claim(struct device *dev, void *claimer)
{
	struct iommu_group *group = iommu_group_get(dev);
	int ret;

	if (!group)
		return -ENODEV;
	mutex_lock(&group->mutex);
	ret = toy_claim(group, claimer);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
	return ret;
}

void toy_device_unclaim(struct device *dev)
{
	struct iommu_group *group = iommu_group_get(dev);

	if (!group)
		return;
	mutex_lock(&group->mutex);
	toy_unclaim(group);
	mutex_unlock(&group->mutex);
	iommu_group_put(group);
}`;

twins('reference-leak', {
  bad: {},
  good: { 'a claim that another function gives up': CLAIM('refcount_dec(&group->claims);') },
});

describe('a claim that fails', () => {
  test('must not be counted', () => {
    const rules = findingsIn(CLAIM('group->claimer = claimer;')).map(({ rule }) => rule);
    assert.ok(rules.includes('reference-leak'), rules.join());
  });
});

describe('null-dereference', () => {
  const PROBE = (asked: string): string => `
int toy_probe(struct device *dev, struct toy *toy)
{
	struct pci_dev *pdev = dev_is_pci(dev) ? to_pci_dev(dev) : NULL;

	if (${asked})
		toy->bus = pdev->bus->number;
	else
		toy->bus = 0;
	return 0;
}`;

  function loudness(asked: string): string[] {
    return findingsIn(PROBE(asked))
      .filter(({ rule }) => rule === 'null-dereference')
      .map(({ severity, confidence }) => `${severity} ${confidence}`);
  }

  test('is certain where the test has nothing to do with the device', () => {
    assert.deepEqual(loudness('toy->is_ready'), ['warning certain']);
  });

  test('only hints where another question about the device may answer the first', () => {
    assert.deepEqual(loudness('toy_is_subdevice(dev)'), ['hint possible']);
  });
});

const DRIVER = (group: string, found: string): string => `
struct toy { struct device *dev; struct iommu_domain *domain; struct iommu_group *group; struct mutex lock; };

static void toy_close(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy->domain = NULL;
	mutex_unlock(&toy->lock);
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy *toy = ${found};

	if (!toy->domain)
		toy->domain = domain;
	return 0;
}

static void toy_release(struct device *dev)
{
	toy_close(dev_iommu_priv_get(dev));
}

static struct iommu_group *toy_group(struct device *dev)
{
	struct toy *toy = dev_iommu_priv_get(dev);

	return ${group};
}

static const struct iommu_ops toy_ops = {
	.release_device = toy_release,
	.device_group = toy_group,
	.default_domain_ops = &(const struct iommu_domain_ops) { .attach_dev = toy_attach },
};`;

describe('unlocked-access', () => {
  const spoken = (group: string): string[] =>
    findingsIn(DRIVER(group, 'dev_iommu_priv_get(dev)'))
      .map(({ rule }) => rule)
      .filter((rule) => rule === 'unlocked-access');

  test('objects where the devices of one instance are in groups of their own', () => {
    assert.deepEqual(spoken('generic_device_group(dev)'), ['unlocked-access']);
  });

  test('allows an attach under the mutex of the only group of the instance', () => {
    assert.deepEqual(spoken('iommu_group_ref_get(toy->group)'), []);
  });
});

const OWNER = (release: string): string => `
struct toy { void *root; int id; };
int toy_prepare(struct toy *toy);
void toy_drop_tables(struct toy *toy);
int toy_register(struct toy *toy);

struct toy *toy_alloc(void)
{
	struct toy *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	if (toy_prepare(toy))
		goto free_toy;
	toy->root = (void *)get_zeroed_page(GFP_KERNEL);
	if (!toy->root)
		goto free_toy;
	if (toy_register(toy))
		goto drop_toy;
	return toy;

drop_toy:
	${release}
free_toy:
	kfree(toy);
	return NULL;
}`;

describe('memory-leak', () => {
  const spoken = (code: string): string[] =>
    findingsIn(code)
      .map(({ rule }) => rule)
      .filter((rule) => rule === 'memory-leak');

  test('allows what a function that is not shown is given together with its owner', () => {
    assert.deepEqual(spoken(OWNER('toy_drop_tables(toy);')), []);
  });

  test('objects where only the owner is freed', () => {
    assert.deepEqual(spoken(OWNER('toy->id = 0;').replace('if (toy_register(toy))', 'if (toy->id)')), [
      'memory-leak',
    ]);
  });
});

describe('sleep-in-atomic-context', () => {
  const CALLERS = `
struct toy { spinlock_t lock; void *table; };

static int toy_enable(struct toy *toy)
{
	spin_lock(&toy->lock);
	toy->table = kzalloc(64, GFP_KERNEL);
	spin_unlock(&toy->lock);
	return toy->table ? 0 : -ENOMEM;
}

int toy_attach(struct toy *toy)
{
	return toy_enable(toy);
}

static int toy_fill(struct toy *toy)
{
	toy->table = kzalloc(64, GFP_KERNEL);
	return toy->table ? 0 : -ENOMEM;
}

int toy_reset(struct toy *toy)
{
	int ret;

	spin_lock(&toy->lock);
	ret = toy_fill(toy);
	spin_unlock(&toy->lock);
	return ret;
}`;

  test('is said of whoever holds the lock, and not of those who call that one', () => {
    const found = findingsIn(CALLERS).filter(({ rule }) => rule === 'sleep-in-atomic-context');
    assert.deepEqual(found.map(({ function: name }) => name).sort(), ['toy_enable', 'toy_reset']);
  });
});

describe('null-dereference of a device without an IOMMU', () => {
  const bind = (comment: string): string =>
    BOND_OF_A_DEVICE.replace('!dev->iommu || ', '').replace(
      'struct iommu_sva *toy_bind',
      `${comment}struct iommu_sva *toy_bind`,
    );
  const loudness = (comment: string): string[] =>
    findingsIn(bind(comment))
      .filter(({ rule }) => rule === 'null-dereference')
      .map(({ severity }) => severity);

  test('is a question where nothing is said', () => {
    assert.deepEqual(loudness(''), ['info']);
  });

  test('only hints where the comment has callers enable something first', () => {
    const comment = `/**
 * toy_bind() - Bind a process to a device
 * @dev: the device
 * @mm: the address space
 *
 * toy_enable(dev) must be called first, to set up what this needs.
 */
`;
    assert.deepEqual(loudness(comment), ['hint']);
  });
});
