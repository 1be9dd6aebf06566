/*
 * run: alone nested_domain_alloc
 */
struct nested_domain {
	struct list_head link;
	struct iommu_domain domain;
	u64 pgtbl;
};

static struct iommu_domain *nested_domain_alloc(u64 pgtbl)
{
	struct iommu_domain *domain;
	struct nested_domain *nested;

	nested = kzalloc(sizeof(*nested), GFP_KERNEL_ACCOUNT);
	if (!nested)
		return ERR_PTR(-ENOMEM);
	domain = &nested->domain;
	nested->pgtbl = pgtbl;
	if (pgtbl & ~PAGE_MASK) {
		kfree(container_of(domain, struct nested_domain, domain));
		return ERR_PTR(-EINVAL);
	}
	return domain;
}
