/* The private data of a device are the instance; the domain of a PASID is tied by its allocator, and the one for all is static. */
struct toy_iommu {
	struct iommu_device iommu;
	void *base;
	struct iommu_domain *domain;
};

struct toy_domain {
	struct toy_iommu *iommu;
	struct iommu_domain domain;
};

static struct iommu_domain *toy_alloc(struct device *dev)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	toy->iommu = dev_iommu_priv_get(dev);
	return &toy->domain;
}

static int toy_set_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct toy_iommu *iommu = dev_iommu_priv_get(dev);
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);

	if (toy->iommu != iommu)
		return -EINVAL;
	writel(pasid, iommu->base);
	return 0;
}

static int toy_identity(struct iommu_domain *domain, struct device *dev)
{
	struct toy_iommu *iommu = dev_iommu_priv_get(dev);

	if (iommu->domain == domain)
		return 0;
	iommu->domain = domain;
	writel(0, iommu->base);
	return 0;
}

static const struct iommu_domain_ops toy_identity_ops = {
	.attach_dev = toy_identity,
};

static struct iommu_domain toy_identity_domain = {
	.ops = &toy_identity_ops,
};

static const struct iommu_ops toy_ops = {
	.domain_alloc_paging = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.set_dev_pasid = toy_set_pasid,
	},
};
