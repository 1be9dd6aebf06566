/** Reads of the bus's operations: for a device, and in code that deals with buses. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { review } from '../../server/src/review/index.js';
import { twins } from './twins.js';

twins('bus-iommu-ops', {
  bad: {
    'by way of a local': `
int toy_attach(struct device *dev)
{
	struct bus_type *bus = dev->bus;

	if (!bus || !bus->iommu_ops) //!
		return -ENODEV;
	return 0;
}`,
    'into a local, once for all uses': `
int toy_attach(struct device *dev)
{
	const struct iommu_ops *ops = dev->bus->iommu_ops; //!

	return ops->capable(dev, IOMMU_CAP_CACHE_COHERENCY);
}`,
    'compared with those of a domain': `
int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	return dev->bus->iommu_ops == domain->owner ? 0 : -EINVAL; //!
}`,
    'of a PCI device': `
bool toy_has(struct pci_dev *pdev)
{
	return pdev->dev.bus->iommu_ops != NULL; //!
}`,
  },
  good: {
    "the device's own": `
int toy_attach(struct device *dev)
{
	const struct iommu_ops *ops = dev_iommu_ops(dev);

	return ops->capable(dev, IOMMU_CAP_CACHE_COHERENCY);
}`,
    'code that sets up buses': `
int toy_set(struct bus_type *bus, const struct iommu_ops *ops)
{
	if (bus->iommu_ops && bus->iommu_ops != ops)
		return -EBUSY;
	bus->iommu_ops = ops;
	return 0;
}

void toy_all(const struct iommu_ops *ops)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(toy_buses); i++) {
		if (toy_buses[i]->iommu_ops == ops)
			toy_buses[i]->iommu_ops = NULL;
	}
}`,
    'the probe, before which the device has no IOMMU': `
int toy_probe(struct device *dev)
{
	const struct iommu_ops *ops = dev->bus->iommu_ops;
	struct iommu_device *iommu;

	iommu = ops->probe_device(dev);
	if (IS_ERR(iommu))
		return PTR_ERR(iommu);
	dev->iommu->iommu_dev = iommu;
	return 0;
}`,
    'interfaces by bus, which are another matter': `
bool toy_has(struct device *dev)
{
	return iommu_present(dev->bus);
}

int toy_register(struct bus_type *bus)
{
	return bus_set_iommu(bus, &toy_ops);
}`,
  },
});

describe('in a tree', () => {
  const code = `#include <linux/iommu.h>
#include <linux/device.h>
struct iommu_domain *toy_alloc(struct device *dev)
{
	return dev->bus->iommu_ops->domain_alloc(0);
}
`;
  const found = (files: Readonly<Record<string, string>>) => {
    const part = { path: 'toy.c', treePath: 'drivers/iommu/toy.c', content: code };
    const tree = { root: 'tree', read: (path: string) => files[path] ?? null };
    return review([{ path: 'toy.c', parts: [part] }], { tree }).findings.find(
      ({ rule }) => rule === 'bus-iommu-ops',
    );
  };

  test('that has dev_iommu_ops(), that is the fix', () => {
    const finding = found({
      'include/linux/iommu.h': 'const struct iommu_ops *dev_iommu_ops(struct device *dev);',
      'include/linux/device.h': 'struct bus_type { const struct iommu_ops *iommu_ops; };',
    });
    assert.match(finding!.message, /Use dev_iommu_ops\(dev\)\.$/);
    assert.ok(finding!.fix);
  });

  test('that hides it from drivers, and has no such member, there is none', () => {
    const finding = found({
      'include/linux/iommu.h': 'struct iommu_domain { int type; };',
      'include/linux/device.h': 'struct bus_type { int id; };',
    });
    assert.match(finding!.message, /no such member any more\. Ask the IOMMU of the device/);
    assert.equal(finding!.fix, null);
  });
});
