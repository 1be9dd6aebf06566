/* The page sizes of the domain become those that the instance of each new device has too. */
struct toy_iommu {
	struct iommu_device iommu;
	void *base;
	u32 pages;
};

struct toy_device {
	struct toy_iommu *iommu;
};

struct toy_domain {
	u32 pages;
	struct iommu_domain domain;
};

static struct iommu_domain *toy_alloc(unsigned int type)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	toy->pages = 2097152;
	return &toy->domain;
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	struct toy_device *data = dev_iommu_priv_get(dev);

	if (data->iommu->pages == 4096 && toy->pages > 4096)
		toy->pages = 4096;
	writel(toy->pages, data->iommu->base);
	return 0;
}

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
};
