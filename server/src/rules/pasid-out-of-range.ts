/** A device is given a PASID that it cannot send. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const pasidOutOfRange = defineRule({
  id: 'pasid-out-of-range',
  classes: ['pasid-lifetime-limits'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A device is given a PASID that it cannot send, or 0, which stands for requests without one.',
  why: 'Devices differ in how wide their PASIDs are. One that is too large is cut off and names another address space; 0 is what all other DMA of the device uses.',
  remedy:
    'Allocate from IOMMU_FIRST_GLOBAL_PASID up to what the device can send, and refuse a device that cannot send the PASID that the mm has.',
  source:
    'drivers/iommu/iommu.c:iommu_alloc_global_pasid, drivers/iommu/iommu-sva.c:iommu_alloc_mm_data (6.12)',
  bad: [
    {
      title: 'numbers from 0 on',
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
	bond->pasid = ida_alloc_range(&toy_pasids, 0, dev->iommu->max_pasids - 1, GFP_KERNEL);
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
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pasid-out-of-range: PASID 0
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
      title: 'numbers from 1 on, below the limit of the device',
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
  check: (input) => breachesOf(input, ['PASIDRANGE'], 'Hold it against the limits of the device.'),
});
