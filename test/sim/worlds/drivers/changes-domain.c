/* The domain is cut to what the instance of each new device can do. */
struct toy_iommu {
	struct iommu_device iommu;
	void *base;
	u32 width;
};

struct toy_device {
	struct toy_iommu *iommu;
};

struct toy_domain {
	u32 width;
	struct iommu_domain domain;
};

static struct iommu_domain *toy_alloc(unsigned int type)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	toy->width = 57;
	return &toy->domain;
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	struct toy_device *data = dev_iommu_priv_get(dev);

	if (data->iommu->width == 48 && toy->width > 48)
		toy->width = 48;
	writel(toy->width, data->iommu->base);
	return 0;
}

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
};
