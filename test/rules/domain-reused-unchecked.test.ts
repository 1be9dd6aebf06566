/** How domains are found and handed to devices, and all the ways to ask first whether they fit. */
import { twins } from './twins.js';

const ARRAY = 'static DEFINE_XARRAY(domains);\n';
const LIST = 'static LIST_HEAD(domains);\n';

twins('domain-reused-unchecked', {
  bad: {
    'the first of a global list': `${LIST}
struct iommu_domain *toy_get(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;

	list_for_each_entry(domain, &domains, next) { //!
		if (domain->mm == mm)
			return domain;
	}
	return toy_alloc(dev);
}`,
    "the first of the mm's list": `
struct iommu_domain *toy_get(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *domain;

	list_for_each_entry(domain, &mm->iommu_mm->sva_domains, next) //!
		return domain;
	return toy_alloc(dev);
}`,
    'by way of another variable': `${LIST}
struct iommu_domain *toy_get(struct device *dev, struct mm_struct *mm)
{
	struct iommu_domain *each, *found = NULL;

	list_for_each_entry(each, &domains, next) { //!
		if (each->mm == mm) {
			found = each;
			break;
		}
	}
	if (!found)
		found = toy_alloc(dev);
	return found;
}`,
    list_first_entry_or_null: `
struct iommu_domain *toy_get(struct device *dev, struct toy_context *ctx)
{
	struct iommu_domain *domain;

	domain = list_first_entry_or_null(&ctx->domains, struct iommu_domain, next); //!
	return domain ?: toy_alloc(dev);
}`,
    'an idr': `
static DEFINE_IDR(domains);

struct iommu_domain *toy_get(struct pci_dev *pdev, int id)
{
	struct iommu_domain *domain = idr_find(&domains, id); //!

	return domain ? domain : toy_alloc(&pdev->dev);
}`,
    "the driver's own domain, from inside": `${ARRAY}
struct toy_domain {
	struct iommu_domain domain;
};

struct iommu_domain *toy_get(struct device *dev, unsigned long id)
{
	struct toy_domain *td = xa_load(&domains, id); //!

	if (!td)
		return NULL;
	return &td->domain;
}`,
    'a finder that knows no device, handed out by its caller': `${ARRAY}
static struct iommu_domain *toy_find(struct mm_struct *mm, unsigned long id)
{
	return xa_load(&domains, id);
}

struct iommu_domain *toy_get(struct device *dev, struct mm_struct *mm, unsigned long id)
{
	struct iommu_domain *domain = toy_find(mm, id); //!

	if (domain)
		return domain;
	return toy_alloc(dev);
}`,
    'put into the handle of the device': `${ARRAY}
int toy_bind(struct device *dev, struct toy_handle *handle, unsigned long id)
{
	struct iommu_domain *domain = xa_load(&domains, id); //!

	if (!domain)
		return -ENOENT;
	handle->dev = dev;
	handle->domain = domain;
	return 0;
}`,
    'given back through a pointer': `${ARRAY}
int toy_get(struct device *dev, unsigned long id, struct iommu_domain **out)
{
	struct iommu_domain *domain = xa_load(&domains, id); //!

	if (!domain)
		return -ENOENT;
	*out = domain;
	return 0;
}`,
    'the device is looked at, but not with the domain': `${ARRAY}
struct iommu_domain *toy_get(struct device *dev, unsigned long id)
{
	struct iommu_domain *domain;

	if (!dev->iommu)
		return NULL;
	domain = xa_load(&domains, id); //!
	if (!domain)
		domain = toy_alloc(dev);
	return domain;
}`,
  },
  good: {
    'ops are compared': `${ARRAY}
struct iommu_domain *toy_get(struct device *dev, unsigned long id)
{
	struct iommu_domain *domain = xa_load(&domains, id);

	if (domain && domain->owner != dev_iommu_ops(dev))
		return NULL;
	return domain;
}`,
    'instances are compared': `${ARRAY}
struct iommu_domain *toy_get(struct device *dev, unsigned long id)
{
	struct toy_master *master = dev_iommu_priv_get(dev);
	struct iommu_domain *domain = xa_load(&domains, id);
	struct toy_domain *td;

	if (!domain)
		return NULL;
	td = to_toy_domain(domain);
	if (td->smmu != master->smmu)
		return NULL;
	return domain;
}`,
    'the attach is tried and tested': `${LIST}
struct iommu_domain *toy_get(struct device *dev, ioasid_t pasid)
{
	struct iommu_domain *domain;
	int ret;

	list_for_each_entry(domain, &domains, next) {
		ret = iommu_attach_device_pasid(domain, dev, pasid);
		if (!ret)
			return domain;
	}
	return toy_alloc(dev);
}`,
    'what does not fit is passed over': `${LIST}
struct iommu_domain *toy_get(struct device *dev)
{
	struct iommu_domain *domain;

	list_for_each_entry(domain, &domains, next) {
		if (!toy_fits(domain, dev))
			continue;
		return domain;
	}
	return NULL;
}`,
    'the answer is a handle or an error': `${LIST}
struct iommu_domain *toy_get(struct device *dev)
{
	struct iommu_domain *domain;
	struct iommu_sva *handle;

	list_for_each_entry(domain, &domains, next) {
		handle = toy_try(domain, dev);
		if (!IS_ERR(handle))
			return domain;
	}
	return NULL;
}`,
    'the finder compares what it is given of the device': `${LIST}
static struct iommu_domain *toy_find(const struct iommu_ops *ops)
{
	struct iommu_domain *domain;

	list_for_each_entry(domain, &domains, next) {
		if (domain->owner == ops)
			return domain;
	}
	return NULL;
}

struct iommu_domain *toy_get(struct device *dev)
{
	struct iommu_domain *domain = toy_find(dev_iommu_ops(dev));

	return domain ?: toy_alloc(dev);
}`,
    'the caller weighs it': `${ARRAY}
static struct iommu_domain *toy_get(struct device *dev, unsigned long id)
{
	struct iommu_domain *domain = xa_load(&domains, id);

	return domain ?: toy_alloc(dev);
}

int toy_bind(struct device *dev, unsigned long id)
{
	struct iommu_domain *domain = toy_get(dev, id);

	if (!domain || !toy_fits(domain, dev))
		return -EINVAL;
	return 0;
}`,
    'the switch asks an op': `${ARRAY}
struct iommu_domain *toy_get(struct device *dev, unsigned long id)
{
	struct iommu_domain *domain = xa_load(&domains, id);

	switch (domain->ops->compatible(domain, dev)) {
	case 0:
		return domain;
	default:
		return NULL;
	}
}`,
    'a warning at least': `${ARRAY}
struct iommu_domain *toy_get(struct device *dev, unsigned long id)
{
	struct iommu_domain *domain = xa_load(&domains, id);

	WARN_ON(domain->owner != dev_iommu_ops(dev));
	return domain;
}`,
    "containers of the device's group, instance and own struct": `
struct toy_master {
	struct device *dev;
	struct xarray domains;
};

struct iommu_domain *toy_of_group(struct iommu_group *group, struct device *dev, ioasid_t pasid)
{
	struct iommu_domain *domain = xa_load(&group->pasid_array, pasid);

	return domain;
}

struct iommu_domain *toy_of_master(struct toy_master *master, struct device *dev, ioasid_t pasid)
{
	struct iommu_domain *domain = xa_load(&master->domains, pasid);

	return domain;
}

struct iommu_domain *toy_of_instance(struct device *dev, unsigned long id)
{
	struct toy_iommu *iommu = dev_to_toy(dev);
	struct iommu_domain *domain = xa_load(&iommu->domains, id);

	return domain;
}`,
    'no device in sight': `${ARRAY}
struct iommu_domain *toy_find(unsigned long id)
{
	struct iommu_domain *domain = xa_load(&domains, id);

	return domain;
}`,
    'only read': `${ARRAY}
int toy_type(struct device *dev, unsigned long id)
{
	struct iommu_domain *domain = xa_load(&domains, id);
	int type = domain ? domain->type : -1;

	dev_dbg(dev, "type %d\\n", type);
	return type;
}`,
    'kept by something that is not for the device': `${ARRAY}
void toy_note(struct device *dev, struct toy_stats *stats, unsigned long id)
{
	struct iommu_domain *domain = xa_load(&domains, id);

	stats->last = domain;
	dev_dbg(dev, "seen\\n");
}`,
    'found by what the device is': `${ARRAY}
struct iommu_domain *toy_get(struct device *dev)
{
	unsigned long id = toy_instance_of(dev);
	struct iommu_domain *domain = xa_load(&domains, id);

	return domain;
}`,
  },
});
