/* A failure is kept in the domain, and the next instance is told of it. */
struct toy_iommu {
	struct iommu_device iommu;
	void *base;
};

struct toy_device {
	struct toy_iommu *iommu;
};

struct toy_domain {
	struct toy_iommu *iommu;
	void *table;
	int failed;
	struct iommu_domain domain;
};

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);

	if (toy->failed)
		return -ENXIO;
	if (toy->iommu && toy->iommu != data->iommu)
		return -EINVAL;
	if (!toy->table) {
		toy->table = kzalloc(4096, GFP_KERNEL);
		if (!toy->table) {
			toy->failed = 1;
			return -ENOMEM;
		}
	}
	toy->iommu = data->iommu;
	writel(1, data->iommu->base);
	return 0;
}

static struct iommu_domain *toy_alloc(unsigned int type)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	return toy ? &toy->domain : NULL;
}

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
};
