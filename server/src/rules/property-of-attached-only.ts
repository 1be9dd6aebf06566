/** A property of a domain that only the devices of today get. */
import { defineRule } from './rule.js';

export const propertyOfAttachedOnly = defineRule({
  id: 'property-of-attached-only',
  classes: ['domain-device-compat'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'An operation sets a property on each device attached to a domain, and the domain does not note it.',
  why: 'A device that is attached later gets the domain without the property, and one that does not support it is not refused.',
  remedy: 'Note it in the domain, and have attach test the device and set it.',
  source:
    'drivers/iommu/intel/iommu.c:intel_iommu_enforce_cache_coherency and intel_iommu_set_dirty_tracking (6.12) note it in the domain under its lock',
  bad: [
    {
      title: 'only who is there',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	struct list_head devices;
};

static int toy_set_tracking(struct iommu_domain *domain, bool enable)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	struct toy_dev *info;

	list_for_each_entry(info, &toy->devices, link)
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ property-of-attached-only: attached later
		toy_write(info, enable);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'noted for those to come',
      code: `
struct toy_domain {
	struct iommu_domain domain;
	struct list_head devices;
	bool tracking;
};

int toy_set_tracking(struct iommu_domain *domain, bool enable)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	struct toy_dev *info;

	toy->tracking = enable;
	list_for_each_entry(info, &toy->devices, link)
		toy_write(info, enable);
	return 0;
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const [walk] = fn.properties;
      // What others call by name may leave the note to them.
      if (!walk || !isNew(walk.spot) || fn.signature.calledWith.length > 0) continue;
      const takesState = fn.signature.parameters.some(
        ({ type }) => type.base === 'bool' && type.pointers === 0,
      );
      if (!takesState && !PROPERTIES.has(fn.role ?? '')) continue;
      yield {
        at: walk.spot,
        function: fn.name,
        message: `${fn.name}() reaches the devices that are attached now, and \`${walk.domain}\` does not note it: what of one that is attached later, or cannot do it? Keep it in the domain and test it in attach.`,
      };
    }
  },
});

const PROPERTIES: ReadonlySet<string> = new Set([
  'forces snooping on a domain',
  'switches dirty tracking of a domain',
]);
