/** A domain is freed while a device has it. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const attachedDomainFreed = defineRule({
  id: 'attached-domain-freed',
  classes: ['use-after-free'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A domain is freed while a device still has it.',
  why: 'The device goes on walking the page table of the domain: memory that belongs to whoever allocates next is then reached by DMA.',
  remedy: 'Take the domain from every device and PASID first, and free it last.',
  source: 'drivers/iommu/iommu-sva.c:iommu_sva_unbind_device (6.12)',
  bad: [
    {
      title: 'freed before it is detached',
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
	bond->domain->ops->free(bond->domain);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ attached-domain-freed: frees a domain that D1 has
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	ida_free(&toy_pasids, bond->pasid);
	kfree(bond);
}`,
    },
  ],
  good: [
    {
      title: 'detached, then freed',
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
  check: (input) => breachesOf(input, ['FREEATT'], 'Detach it from every device first.'),
});
