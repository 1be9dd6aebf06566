/** A device that is bound to one process gets the domain of another. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';
import { changed } from './toy-bonds.js';

const BONDS_OF_PROCESSES = `
struct iommu_sva {
	struct list_head node;
	struct mm_struct *mm;
	struct device *dev;
	struct iommu_domain *domain;
	int pasid;
	int users;
};

static DEFINE_IDA(toy_pasids);
static DEFINE_MUTEX(toy_lock);
static LIST_HEAD(toy_bonds);

static struct iommu_sva *toy_find(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva *bond;

	list_for_each_entry(bond, &toy_bonds, node) {
		if (bond->dev == dev && bond->mm == mm)
			return bond;
	}
	return NULL;
}

struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva *bond;
	int ret;

	if (!dev->iommu || !dev->iommu->max_pasids || !list_is_singular(&dev->iommu_group->devices))
		return ERR_PTR(-ENODEV);
	mutex_lock(&toy_lock);
	bond = toy_find(dev, mm);
	if (bond) {
		bond->users++;
		goto unlock;
	}
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond) {
		bond = ERR_PTR(-ENOMEM);
		goto unlock;
	}
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
	mmgrab(mm);
	bond->mm = mm;
	bond->dev = dev;
	bond->users = 1;
	list_add(&bond->node, &toy_bonds);
unlock:
	mutex_unlock(&toy_lock);
	return bond;

free_domain:
	bond->domain->ops->free(bond->domain);
free_pasid:
	ida_free(&toy_pasids, bond->pasid);
free_bond:
	kfree(bond);
	mutex_unlock(&toy_lock);
	return ERR_PTR(ret);
}

void toy_unbind(struct iommu_sva *bond)
{
	mutex_lock(&toy_lock);
	if (--bond->users == 0) {
		list_del(&bond->node);
		dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
		bond->domain->ops->free(bond->domain);
		ida_free(&toy_pasids, bond->pasid);
		mmdrop(bond->mm);
		kfree(bond);
	}
	mutex_unlock(&toy_lock);
}`;

export const otherProcessDomain = defineRule({
  id: 'other-process-domain',
  classes: ['pasid-lifetime-limits'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A device that is bound to one process gets the domain of another.',
  why: 'What the device is told to read and write by one process it then reads and writes in the memory of another.',
  remedy:
    'Compare the mm of what is found with the mm that is bound, and reset in the mm of a child what was copied from its parent.',
  source: 'drivers/iommu/iommu-sva.c:iommu_sva_bind_device, include/linux/iommu.h:mm_pasid_init (6.12)',
  bad: [
    {
      title: 'a bond is found by its device alone',
      code: changed(
        BONDS_OF_PROCESSES,
        ['toy_find(struct device *dev, struct mm_struct *mm)', 'toy_find(struct device *dev)'],
        ['bond->dev == dev && bond->mm == mm', 'bond->dev == dev'],
        ['bond = toy_find(dev, mm);', 'bond = toy_find(dev);'],
        [
          `	mutex_unlock(&toy_lock);
	return bond;`,
          `	mutex_unlock(&toy_lock);
	return bond;
//      ^^^^^^^^^^^^ other-process-domain: another process`,
        ],
      ),
    },
  ],
  good: [
    {
      title: 'a bond is found by device and mm',
      code: BONDS_OF_PROCESSES,
    },
  ],
  check: (input) => breachesOf(input, ['XMM'], 'Compare the mm with the one that is bound.'),
});
