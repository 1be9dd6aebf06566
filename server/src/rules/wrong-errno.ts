/** A call gives another error than the one that happened, or an error where it must succeed. Seen when scenarios are run. */
import { breachesOf, shownBy } from './breaches.js';
import { defineRule } from './rule.js';

export const wrongErrno = defineRule({
  id: 'wrong-errno',
  classes: ['error-code'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A call gives another error number than what happened, or an error where it must succeed.',
  why: 'Callers tell by the number what to do next: EINVAL makes them try another domain, ENOMEM makes them give up, and EBUSY sends a user to look for somebody else who has the device.',
  remedy:
    'Hand the error of the callee on; give ENOMEM where an allocation fails, EBUSY where a slot is taken, and EINVAL only where a domain does not fit.',
  source:
    'include/linux/iommu.h:struct iommu_domain_ops, drivers/iommu/iommu-sva.c:iommu_sva_bind_device (6.12)',
  bad: [
    {
      title: 'no memory comes out as EINVAL',
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
		return ERR_PTR(-EINVAL);
//              ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-errno: where memory ran out
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
  good: [
    {
      title: 'ENOMEM for no memory',
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
  check: (input) =>
    breachesOf(
      shownBy(input, 'scenarios'),
      ['ERRNO'],
      'Give the error that happened, and none where the call can be done.',
    ),
});
