/** Reads of the bus's operations: for a device, and in code that deals with buses. */
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
