/** A domain from a shared container that is handed to whatever device asks. */
import { defineRule } from './rule.js';

export const domainReusedUnchecked = defineRule({
  id: 'domain-reused-unchecked',
  confirmedBy: ['INC', 'OWN'],
  classes: ['domain-device-compat'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'A domain found in a shared container is given to a device without asking whether it suits it.',
  why: "A domain is the page table as one driver and one IOMMU instance see it: it carries that instance's format, ids and registers. A device behind another instance, or behind another driver, cannot be assumed to work with it.",
  remedy:
    'Try the domains of the address space one after another with an op of the domain (or with attach and its -EINVAL), and allocate a new one when none fits.',
  source:
    'drivers/iommu/iommu-sva.c:iommu_sva_bind_device and drivers/iommu/iommufd/device.c:iommufd_device_auto_get_domain (6.12); include/linux/iommu.h, errno table of iommu_domain_ops',
  bad: [
    {
      title: 'whatever is stored is returned',
      code: `
static DEFINE_XARRAY(domains);

struct iommu_domain *toy_get(struct device *dev, unsigned long index)
{
	struct iommu_domain *domain;

	domain = xa_load(&domains, index);
//               ^^^^^^^^^^^^^^^^^^^^^^^^ domain-reused-unchecked: any device
	if (!domain)
		return toy_alloc(dev);
	return domain;
}`,
    },
  ],
  good: [
    {
      title: 'each candidate is tried',
      code: `
static LIST_HEAD(domains);

struct iommu_domain *toy_get(struct device *dev)
{
	struct iommu_domain *domain;

	list_for_each_entry(domain, &domains, next) {
		if (domain->owner == dev_iommu_ops(dev) && toy_fits(domain, dev))
			return domain;
	}
	return toy_alloc(dev);
}`,
    },
    {
      title: "the device's own container",
      code: `
struct iommu_domain *toy_get(struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = dev->iommu_group;
	struct iommu_domain *domain = xa_load(&group->pasid_array, pasid);

	return domain;
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { lookup, device, handedOut, decisions } of fn.reuses) {
        if (decisions.length > 0 || (!isNew(lookup.spot) && !isNew(handedOut))) continue;
        yield {
          at: isNew(lookup.spot) ? lookup.spot : handedOut,
          function: fn.name,
          message:
            `${fn.name}() hands whatever domain it finds in ${lookup.container.text} to any device: nothing asks whether it is compatible with \`${device}\`. ` +
            'A domain belongs to one driver, often to one IOMMU instance. ' +
            'Try the candidates by attaching, as VFIO and iommufd do, and allocate one when none fits.',
          related: [{ spot: handedOut, message: `handed out for \`${device}\` with no check in between` }],
        };
      }
    }
  },
});
