/** A device is given a domain that does not fit it, and no other is tried. Seen when scenarios are run. */
import { breachesOf, shownBy } from './breaches.js';
import { defineRule } from './rule.js';
import { changed } from './toy-bonds.js';

const DOMAINS_OF_AN_MM = `
struct iommu_sva {
	struct device *dev;
	struct iommu_domain *domain;
	int pasid;
};

static DEFINE_IDA(toy_pasids);
static DEFINE_MUTEX(toy_lock);
static LIST_HEAD(toy_domains);

static struct iommu_domain *toy_attach_shared(struct device *dev, struct mm_struct *mm, int pasid)
{
	struct iommu_domain *domain;

	list_for_each_entry(domain, &toy_domains, next) {
		if (domain->mm != mm || domain->owner != dev_iommu_ops(dev))
			continue;
		if (!domain->ops->set_dev_pasid(domain, dev, pasid, NULL))
			return domain;
	}
	return NULL;
}

static struct iommu_domain *toy_attach_own(struct device *dev, struct mm_struct *mm, int pasid)
{
	struct iommu_domain *domain = dev_iommu_ops(dev)->domain_alloc_sva(dev, mm);
	int ret;

	if (IS_ERR(domain))
		return domain;
	ret = domain->ops->set_dev_pasid(domain, dev, pasid, NULL);
	if (ret) {
		domain->ops->free(domain);
		return ERR_PTR(ret);
	}
	domain->owner = dev_iommu_ops(dev);
	mmgrab(mm);
	domain->mm = mm;
	list_add(&domain->next, &toy_domains);
	return domain;
}

struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;
	struct iommu_sva *bond;

	if (!dev->iommu || !dev->iommu->max_pasids || !list_is_singular(&dev->iommu_group->devices))
		return ERR_PTR(-ENODEV);
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	bond->pasid = ida_alloc_range(&toy_pasids, 1, dev->iommu->max_pasids - 1, GFP_KERNEL);
	if (bond->pasid < 0) {
		domain = ERR_PTR(bond->pasid);
		goto free_bond;
	}
	mutex_lock(&toy_lock);
	domain = toy_attach_shared(dev, mm, bond->pasid);
	if (!domain)
		domain = toy_attach_own(dev, mm, bond->pasid);
	if (IS_ERR(domain)) {
		mutex_unlock(&toy_lock);
		goto free_pasid;
	}
	domain->users++;
	mutex_unlock(&toy_lock);
	bond->dev = dev;
	bond->domain = domain;
	return bond;

free_pasid:
	ida_free(&toy_pasids, bond->pasid);
free_bond:
	kfree(bond);
	return ERR_CAST(domain);
}

void toy_unbind(struct iommu_sva *bond)
{
	struct iommu_domain *domain = bond->domain;

	mutex_lock(&toy_lock);
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, domain);
	if (--domain->users == 0) {
		list_del(&domain->next);
		mmdrop(domain->mm);
		domain->ops->free(domain);
	}
	mutex_unlock(&toy_lock);
	ida_free(&toy_pasids, bond->pasid);
	kfree(bond);
}`;

export const incompatibleDomain = defineRule({
  id: 'incompatible-domain',
  classes: ['domain-device-compat'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A device is given a domain that does not fit it, and no other domain is tried.',
  why: 'A domain is made by one driver, and often for one instance of its hardware: an attach to a device of another instance is answered with EINVAL, and a device of another driver must not reach the driver at all. What does not fit one domain gets another, as VFIO and the SVA core do.',
  remedy:
    'Try the domains that there are, by an attach whose result counts, and allocate one for the device when none fits. Compare domain->owner with dev_iommu_ops() before a driver is asked.',
  source:
    'drivers/iommu/iommu-sva.c:iommu_sva_bind_device, drivers/iommu/iommu.c:iommu_attach_device_pasid (6.12)',
  bad: [
    {
      title: 'what the first domain does not fit is refused',
      code: changed(
        DOMAINS_OF_AN_MM,
        [
          `		if (!domain->ops->set_dev_pasid(domain, dev, pasid, NULL))
			return domain;`,
          `		ret = domain->ops->set_dev_pasid(domain, dev, pasid, NULL);
		return ret ? ERR_PTR(ret) : domain;`,
        ],
        [
          `	struct iommu_domain *domain;

	list`,
          `	struct iommu_domain *domain;
	int ret;

	list`,
        ],
        [
          '	return ERR_CAST(domain);',
          `	return ERR_CAST(domain);
//      ^^^^^^^^^^^^^^^^^^^^^^^^ incompatible-domain: no other is tried`,
        ],
      ),
    },
  ],
  good: [
    {
      title: 'a domain of its own where none fits',
      code: DOMAINS_OF_AN_MM,
    },
  ],
  check: (input) =>
    breachesOf(
      shownBy(input, 'scenarios'),
      ['INC', 'INC2', 'OWN'],
      'Try the other domains, and allocate one for the device when none fits.',
    ),
});
