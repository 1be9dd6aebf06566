/** A PASID is given back while a device has a domain for it. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const pasidFreedInUse = defineRule({
  id: 'pasid-freed-in-use',
  classes: ['pasid-lifetime-limits'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A PASID is given back while a device still has a domain for it.',
  why: 'The next process gets the same number, and what the device sends with it reaches the memory of the one before.',
  remedy: 'Give the PASID back after it was taken from the last device, or with the mm itself.',
  source: 'drivers/iommu/iommu-sva.c:mm_pasid_drop, kernel/fork.c:__mmdrop (6.12)',
  bad: [
    {
      title: 'given back before the device is detached',
      code: `
struct iommu_sva {
	struct device *dev;
	struct iommu_domain *domain;
	int pasid;
};

static DEFINE_IDA(toy_pasids);

struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva *bond;
	int ret;

	if (!dev->iommu || !dev->iommu->max_pasids || !list_is_singular(&dev->iommu_group->devices))
		return ERR_PTR(-ENODEV);
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	bond->dev = dev;
	bond->pasid = ida_alloc_range(&toy_pasids, 1, dev->iommu->max_pasids - 1, GFP_KERNEL);
	if (bond->pasid < 0) {
		ret = bond->pasid;
		goto free_bond;
	}
	bond->domain = dev_iommu_ops(dev)->domain_alloc_sva(dev, mm);
	if (IS_ERR(bond->domain)) {
		ret = PTR_ERR(bond->domain);
		goto free_pasid;
	}
	ret = bond->domain->ops->set_dev_pasid(bond->domain, dev, bond->pasid, NULL);
	if (ret)
		goto free_domain;
	return bond;

free_domain:
	bond->domain->ops->free(bond->domain);
free_pasid:
	ida_free(&toy_pasids, bond->pasid);
free_bond:
	kfree(bond);
	return ERR_PTR(ret);
}

void toy_unbind(struct iommu_sva *bond)
{
	ida_free(&toy_pasids, bond->pasid);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pasid-freed-in-use: still has a domain
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	bond->domain->ops->free(bond->domain);
	kfree(bond);
}`,
    },
  ],
  good: [
    {
      title: 'given back last',
      code: `
struct iommu_sva {
	struct device *dev;
	struct iommu_domain *domain;
	int pasid;
};

static DEFINE_IDA(toy_pasids);

struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva *bond;
	int ret;

	if (!dev->iommu || !dev->iommu->max_pasids || !list_is_singular(&dev->iommu_group->devices))
		return ERR_PTR(-ENODEV);
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	bond->dev = dev;
	bond->pasid = ida_alloc_range(&toy_pasids, 1, dev->iommu->max_pasids - 1, GFP_KERNEL);
	if (bond->pasid < 0) {
		ret = bond->pasid;
		goto free_bond;
	}
	bond->domain = dev_iommu_ops(dev)->domain_alloc_sva(dev, mm);
	if (IS_ERR(bond->domain)) {
		ret = PTR_ERR(bond->domain);
		goto free_pasid;
	}
	ret = bond->domain->ops->set_dev_pasid(bond->domain, dev, bond->pasid, NULL);
	if (ret)
		goto free_domain;
	return bond;

free_domain:
	bond->domain->ops->free(bond->domain);
free_pasid:
	ida_free(&toy_pasids, bond->pasid);
free_bond:
	kfree(bond);
	return ERR_PTR(ret);
}

void toy_unbind(struct iommu_sva *bond)
{
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	bond->domain->ops->free(bond->domain);
	ida_free(&toy_pasids, bond->pasid);
	kfree(bond);
}`,
    },
  ],
  check: (input) => breachesOf(input, ['PASIDFREE'], 'Give it back when no device uses it any more.'),
});
