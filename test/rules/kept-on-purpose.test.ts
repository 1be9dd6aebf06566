/** What looks like a fault when a function is run, and is meant: the nearest good code, and the fault beside it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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

describe('unlocked-check-then-set', () => {
  const spoken = (group: string): string[] =>
    findingsIn(DRIVER(group, 'dev_iommu_priv_get(dev)'))
      .map(({ rule }) => rule)
      .filter((rule) => rule === 'unlocked-check-then-set');

  test('objects where the devices of one instance are in groups of their own', () => {
    assert.deepEqual(spoken('generic_device_group(dev)'), ['unlocked-check-then-set']);
  });

  test('allows an attach under the mutex of the only group of the instance', () => {
    assert.deepEqual(spoken('iommu_group_ref_get(toy->group)'), []);
  });
});
