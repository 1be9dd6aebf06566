/** A call leaves devices attached that it should not, or leaves out some that it should attach. Seen when scenarios are run. */
import { breachesOf, shownBy } from './breaches.js';
import { defineRule } from './rule.js';
import { BOND_OF_A_DEVICE, changed } from './toy-bonds.js';
import { TOY_DRIVER } from './toy-driver.js';

export const halfAttached = defineRule({
  id: 'half-attached',
  classes: ['attach-semantics', 'error-unwind'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A call that fails leaves devices attached, or one that succeeds attaches only some of a group, or nothing.',
  why: 'Callers take an error to mean that nothing has changed, and free what the hardware still walks. Devices of a group cannot be told apart by the hardware, so all of them get the same domain or none does.',
  remedy:
    'Undo on every error path what was attached before; attach all devices of the group that have PASIDs, and detach those again that were attached when one fails.',
  source: 'drivers/iommu/iommu.c:__iommu_set_group_pasid (6.12)',
  bad: [
    {
      title: 'attached before the last allocation',
      code: `
struct iommu_sva {
	struct device *dev;
	struct iommu_domain *domain;
	int pasid;
};

static DEFINE_IDA(toy_pasids);

struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;
	struct iommu_sva *bond;
	int pasid, ret;

	if (!dev->iommu || !dev->iommu->max_pasids || !list_is_singular(&dev->iommu_group->devices))
		return ERR_PTR(-ENODEV);
	pasid = ida_alloc_range(&toy_pasids, 1, dev->iommu->max_pasids - 1, GFP_KERNEL);
	if (pasid < 0)
		return ERR_PTR(pasid);
	domain = dev_iommu_ops(dev)->domain_alloc_sva(dev, mm);
	if (IS_ERR(domain)) {
		ida_free(&toy_pasids, pasid);
		return ERR_CAST(domain);
	}
	ret = domain->ops->set_dev_pasid(domain, dev, pasid, NULL);
	if (ret)
		goto free_domain;
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond) {
		ret = -ENOMEM;
		goto free_domain;
	}
	bond->dev = dev;
	bond->domain = domain;
	bond->pasid = pasid;
	return bond;

free_domain:
	domain->ops->free(domain);
	ida_free(&toy_pasids, pasid);
	return ERR_PTR(ret);
//      ^^^^^^^^^^^^^^^^^^^^ half-attached: leaves D1 attached
}

void toy_unbind(struct iommu_sva *bond)
{
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	bond->domain->ops->free(bond->domain);
	ida_free(&toy_pasids, bond->pasid);
	kfree(bond);
}`,
    },
    {
      title: 'one device of a group',
      code: changed(
        BOND_OF_A_DEVICE,
        [
          `	if (!dev->iommu || !dev->iommu->max_pasids || !list_is_singular(&dev->iommu_group->devices))`,
          `	if (!dev->iommu || !dev->iommu->max_pasids)`,
        ],
        [
          `	return bond;`,
          `	return bond;
//      ^^^^^^^^^^^^ half-attached: D9 of the same group has no such domain`,
        ],
      ),
    },
    {
      title: 'the claims of a group taken for its devices',
      code: changed(
        BOND_OF_A_DEVICE,
        [
          `struct iommu_sva *toy_bind`,
          `static bool toy_is_claimed_once(struct iommu_group *group)
{
	return group->owner_cnt == 1;
//             ^^^^^^^^^^^^^^^^^^^^^ half-attached: claims nothing
}

struct iommu_sva *toy_bind`,
        ],
        [`!list_is_singular(&dev->iommu_group->devices))`, `!toy_is_claimed_once(dev->iommu_group))`],
      ),
    },
    {
      title: "a driver's attach that leaves the device on the list of the domain",
      code: changed(
        TOY_DRIVER,
        [
          `	if (!toy->table) {
		toy->table = kzalloc`,
          `	list_move(&data->node, &toy->devices);
	if (!toy->table) {
		toy->table = kzalloc`,
        ],
        [
          `	toy->iommu = iommu;
	list_move(&data->node, &toy->devices);
`,
          `	toy->iommu = iommu;
`,
        ],
        [
          `	mutex_unlock(&toy->lock);
	return ret;
`,
          `	mutex_unlock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^^^ half-attached: leaves domain and device tied
	return ret;
`,
        ],
      ),
    },
    {
      title: "a driver's attach that does nothing for a domain that was attached before",
      code: changed(
        TOY_DRIVER,
        [
          `	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}`,
          `	if (toy->iommu)
		goto unlock;`,
        ],
        [
          `	mutex_unlock(&toy->lock);
	return ret;
`,
          `	mutex_unlock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^^^ half-attached: tells that instance nothing
	return ret;
`,
        ],
      ),
    },
  ],
  good: [
    {
      title: 'attached when nothing else can fail',
      code: BOND_OF_A_DEVICE,
    },
    { title: 'the device goes on the list when nothing else can fail', code: TOY_DRIVER },
  ],
  *check(input) {
    yield* breachesOf(
      shownBy(input, 'scenarios'),
      ['HALF', 'HALFOK', 'NOTDONE'],
      'A call attaches all devices of the group, or none of them when it fails.',
      'hint',
      // What means to refuse groups of several has to count what they are made of.
      'this counts who has claimed the group, and a device without a driver claims nothing. Count the devices, and refuse those that are added later.',
    );
    yield* breachesOf(
      shownBy(input, 'drivers'),
      ['HALF', 'NOTDONE'],
      'An attach that fails leaves nothing behind, and one that returns 0 has told the hardware of the device.',
    );
  },
});
