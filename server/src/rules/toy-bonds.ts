/**
 * C that binds devices to processes as it should, for examples of rules that
 * only scenarios show: each example changes the few lines that it is about.
 */

/** A bond has a PASID and a domain of its own. */
export const BOND_OF_A_DEVICE = `
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
}`;

/** The same, and page requests of the device are handled by work items. */
export const BONDS_WITH_PAGE_REQUESTS = `
struct iommu_sva {
	struct device *dev;
	struct mm_struct *mm;
	struct iommu_domain *domain;
	int pasid;
};

static DEFINE_IDA(toy_pasids);
static DEFINE_XARRAY(toy_bonds);

struct toy_request {
	struct work_struct work;
	struct mm_struct *mm;
	struct device *dev;
	unsigned int grpid;
};

static void toy_handle(struct work_struct *work)
{
	struct toy_request *request = container_of(work, struct toy_request, work);

	if (mmget_not_zero(request->mm)) {
		mmap_read_lock(request->mm);
		mmap_read_unlock(request->mm);
		mmput(request->mm);
	}
	dev_iommu_ops(request->dev)->page_response(request->dev, request->grpid);
	mmdrop(request->mm);
	kfree(request);
}

int toy_report(struct device *dev, struct iommu_fault *fault)
{
	struct toy_request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	struct iommu_sva *bond;

	if (!request)
		goto answer;
	xa_lock(&toy_bonds);
	bond = xa_load(&toy_bonds, fault->pasid);
	if (bond) {
		request->mm = bond->mm;
		mmgrab(request->mm);
	}
	xa_unlock(&toy_bonds);
	if (!request->mm)
		goto free_request;
	request->dev = dev;
	request->grpid = fault->grpid;
	INIT_WORK(&request->work, toy_handle);
	schedule_work(&request->work);
	return 0;

free_request:
	kfree(request);
answer:
	dev_iommu_ops(dev)->page_response(dev, fault->grpid);
	return -EINVAL;
}

struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)
{
	struct iommu_sva *bond;
	int ret;

	if (!dev->iommu || !dev->iommu->max_pasids || !list_is_singular(&dev->iommu_group->devices))
		return ERR_PTR(-ENODEV);
	bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	if (!bond)
		return ERR_PTR(-ENOMEM);
	mmgrab(mm);
	bond->mm = mm;
	bond->dev = dev;
	bond->pasid = ida_alloc_range(&toy_pasids, 1, dev->iommu->max_pasids - 1, GFP_KERNEL);
	if (bond->pasid < 0) {
		ret = bond->pasid;
		goto free_bond;
	}
	ret = xa_insert(&toy_bonds, bond->pasid, bond, GFP_KERNEL);
	if (ret)
		goto free_pasid;
	bond->domain = dev_iommu_ops(dev)->domain_alloc_sva(dev, mm);
	if (IS_ERR(bond->domain)) {
		ret = PTR_ERR(bond->domain);
		goto erase_bond;
	}
	ret = bond->domain->ops->set_dev_pasid(bond->domain, dev, bond->pasid, NULL);
	if (ret)
		goto free_domain;
	return bond;

free_domain:
	bond->domain->ops->free(bond->domain);
erase_bond:
	xa_erase(&toy_bonds, bond->pasid);
free_pasid:
	ida_free(&toy_pasids, bond->pasid);
free_bond:
	mmdrop(mm);
	kfree(bond);
	return ERR_PTR(ret);
}

void toy_unbind(struct iommu_sva *bond)
{
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	bond->domain->ops->free(bond->domain);
	xa_erase(&toy_bonds, bond->pasid);
	ida_free(&toy_pasids, bond->pasid);
	mmdrop(bond->mm);
	kfree(bond);
}`;

/**
 * `code` with passages replaced.
 * @throws RangeError when a passage is not in it exactly once
 */
export function changed(code: string, ...changes: readonly (readonly [was: string, is: string])[]): string {
  return changes.reduce((text, [was, is]) => {
    const parts = text.split(was);
    if (parts.length !== 2) throw new RangeError(`${parts.length - 1} times in the example: ${was}`);
    return parts.join(is);
  }, code);
}
