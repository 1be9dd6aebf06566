/** A lookup that knows an address space by nothing but the number in mm->pasid. */
import { defineRule } from './rule.js';

export const pasidAsOnlyKey = defineRule({
  id: 'pasid-as-only-key',
  confirmedBy: ['XMM', 'PASIDFREE'],
  classes: ['state-in-wrong-object', 'mm-lifetime'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'The domain of an address space is found by its naked PASID number alone.',
  why: 'A PASID is a number that is given back and handed to another process. A container keyed by it finds whatever domain was stored under that number, also the one of an mm that is gone; nothing compares the mm.',
  remedy:
    'Let the mm point to an object of its own (kref, PASID, list of domains) and start the lookup there.',
  source:
    'include/linux/iommu.h:struct iommu_mm_data (6.8), reached by mm->iommu_mm; drivers/iommu/iommu-sva.c:iommu_alloc_mm_data',
  bad: [
    {
      title: 'an array of domains by PASID',
      code: `
static DEFINE_XARRAY(domains);

struct iommu_domain *toy_find(struct mm_struct *mm)
{
	ioasid_t id = mm->pasid;
//      ^^^^^^^^^^^^^^^^^^^^^^^^ pasid-as-only-key: naked PASID

	return xa_load(&domains, id);
}`,
    },
  ],
  good: [
    {
      title: 'the mm points to its own object',
      code: `
struct iommu_domain *toy_find(struct mm_struct *mm, struct device *dev)
{
	struct as_binding *binding = mm->binding;
	struct iommu_domain *domain;

	list_for_each_entry(domain, &binding->domains, next)
		if (toy_fits(domain, dev))
			return domain;
	return NULL;
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const lookup of fn.lookups) {
        const { keyFromMm } = lookup;
        if (!keyFromMm || lookup.finds !== 'domain' || lookup.container.isOfDevice || lookup.comparesMm)
          continue;
        if (!isNew(lookup.spot) && !isNew(keyFromMm)) continue;
        yield {
          at: isNew(keyFromMm) ? keyFromMm : lookup.spot,
          function: fn.name,
          message:
            `${lookup.container.text} is searched with the naked PASID of the mm as its only key. ` +
            'The number may be reused for another process, and nothing compares the mm. ' +
            'Let the mm point to an object of its own (kref, PASID, domains) and look there.',
          related: [{ spot: lookup.spot, message: 'the lookup by number' }],
        };
      }
    }
  },
});
